/** What `action` throws, null if nothing. */
export function thrown(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return null;
}

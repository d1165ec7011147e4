/** A part of memory that others are about to write to, in memory that is the caller's. */
export function copyOf(memory: Buffer, from: number, to: number): Uint8Array {
  const copy = Buffer.allocUnsafe(to - from);
  memory.copy(copy, 0, from, to);
  return copy;
}

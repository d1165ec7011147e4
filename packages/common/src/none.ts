/** Whether a value says "none": null, undefined, or false, as of `condition && value`. */
export function isNone(value: unknown): value is null | undefined | false {
  return value === undefined || value === null || value === false;
}

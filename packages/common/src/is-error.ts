const ERROR = /^\[object (?:Error|DOMException)\]$/;

/** Whether this is an error, of whatever realm: those of Node are of another one where a test framework has made its own. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || ERROR.test(Object.prototype.toString.call(value));
}

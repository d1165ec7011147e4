import { atob } from 'node:buffer';

type DOMExceptionClass = new (message?: string, name?: string) => DOMException;

/**
 * The global one, so that the application's `instanceof` agrees; Node's own where there is none.
 *
 * @class
 */
export const DOMException: DOMExceptionClass =
  (globalThis as { DOMException?: DOMExceptionClass }).DOMException ?? nativeDOMException();

/** No module of Node's has it, but a function that throws one. */
function nativeDOMException(): DOMExceptionClass {
  try {
    atob('*');
  } catch (error) {
    return (error as { constructor: DOMExceptionClass }).constructor;
  }
  throw new Error('bug: an asterisk is no base64');
}

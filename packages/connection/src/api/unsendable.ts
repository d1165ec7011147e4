import { describe } from '@ws/common';

const FORMS = 'pass a string, a Buffer, a typed array, a DataView';
const LAST = { send: ', an ArrayBuffer or a Blob', prepare: ' or an ArrayBuffer' } as const;

/**
 * The error for what cannot be sent.
 *
 * @param action what was to be done with it
 */
export function unsendable(action: keyof typeof LAST, data: unknown): TypeError {
  const forms = FORMS + LAST[action];
  return new TypeError(`cannot ${action} ${describe(data)}: ${forms}${hintFor(data)}`);
}

/** What beginners pass is what a promise will be, or an object that is to be JSON. */
function hintFor(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  if (typeof Reflect.get(data, 'then') === 'function') return '; await the promise first';
  // Such is that of some versions of jsdom.
  if (describe(data) === '[object Blob]')
    return '; this Blob has no arrayBuffer(), so it cannot be read';
  return isPlain(data) ? '; JSON.stringify() makes a string of it' : '';
}

function isPlain(data: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(data);
  return Array.isArray(data) || prototype === Object.prototype || prototype === null;
}

/**
 * Headers on their way out: checked once, here, so that nothing an application passes can end a
 * header line, a head, or begin another message.
 */
import { isFieldValue, isToken } from './syntax';

/**
 * Headers as applications write them, or as Node's `request.headers` has them: an array stands for several
 * headers of one name, null and undefined for none.
 */
export type HeaderInput = Readonly<
  Record<string, string | number | readonly string[] | null | undefined>
>;

const TEXT_TYPES: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'bigint']);

/** Where what such a header says is passed instead. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['sec-websocket-protocol', 'subprotocols are an argument of their own'],
  ['sec-websocket-extensions', 'extensions are an option of their own'],
]);

/** A header line: its name and its value. */
export type HeaderEntry = [name: string, value: string];

/**
 * Copies `headers` into a list of entries that are safe to send, in the order given. Values that are
 * null or undefined, also in arrays, are left out; numbers and booleans become text.
 *
 * @param where names the caller in messages, for example `'options.headers'`.
 * @throws TypeError that names the header, when its name is not a token or its value holds a
 *   control character (CR, LF, NUL) or a character above U+00FF. RFC 9110 §5.1, §5.5.
 */
export function headerEntries(headers: HeaderInput, where: string): [string, string][] {
  assertPlainObject(headers, where);
  const entries: HeaderEntry[] = [];
  for (const [name, value] of Object.entries(headers)) {
    assertName(name, where);
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (item === null || item === undefined) continue;
      entries.push([name, valueText(name, item, where)]);
    }
  }
  return entries;
}

/** One checked header; see `headerEntries`. */
export function headerEntry(name: string, value: unknown, where: string): HeaderEntry {
  assertName(name, where);
  return [name, valueText(name, value, where)];
}

function valueText(name: string, value: unknown, where: string): string {
  if (!TEXT_TYPES.has(typeof value)) {
    throw new TypeError(`${where}: header "${name}" must be a string, a number or a boolean`);
  }
  const text = String(value);
  if (!isFieldValue(text)) {
    throw new TypeError(`${where}: header "${name}" has a character that no header may contain`);
  }
  return text;
}

/**
 * Fails when one of `entries` is a header that the handshake itself writes.
 *
 * @throws TypeError that names the header.
 */
export function assertNotReserved(
  entries: readonly HeaderEntry[],
  reserved: ReadonlySet<string>,
  where: string,
): void {
  for (const [name] of entries) {
    if (reserved.has(name.toLowerCase())) {
      const place = PLACES.get(name.toLowerCase()) ?? 'the handshake sets it itself';
      throw new TypeError(`${where}: header "${name}" cannot be set: ${place}`);
    }
  }
}

/** Whether `entries` has a header called `name`, which is in lower case. */
export function hasHeader(entries: readonly HeaderEntry[], name: string): boolean {
  return entries.some(([candidate]) => candidate.toLowerCase() === name);
}

/** The line of a checked header. */
export function headerLine([name, value]: HeaderEntry): string {
  return `${name}: ${value}\r\n`;
}

/** A whole head: whole lines to start with, header lines, the empty line. The parts must have been checked. */
export function headText(start: string, entries: readonly HeaderEntry[]): string {
  let text = start;
  for (const entry of entries) text += headerLine(entry);
  return `${text}\r\n`;
}

function assertName(name: string, where: string): void {
  if (isToken(name)) return;
  throw new TypeError(`${where}: ${JSON.stringify(name)} is not a valid header name`);
}

function assertPlainObject(headers: unknown, where: string): void {
  if (typeof headers !== 'object' || headers === null || Symbol.iterator in headers) {
    throw new TypeError(`${where}: pass a plain object of names and values`);
  }
}

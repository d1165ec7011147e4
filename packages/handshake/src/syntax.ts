/**
 * The few productions of RFC 9110 that handshakes are made of: tokens, lists and field values.
 *
 * Every scanner here looks at each character a bounded number of times, and no regular expression
 * has two ways to match the same text: what a peer sends costs time in proportion to its length.
 */

/** tchar, RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** field-vchar, obs-text, SP and HTAB, RFC 9110 §5.5: no CR, LF, NUL or other control. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const COMMA = 0x2c;

/** Whether `text` is a token: one or more letters, digits or ``!#$%&'*+-.^_`|~``. RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Whether `text` can stand in a header as its value, octet for octet. RFC 9110 §5.5. */
export function isFieldValue(text: string): boolean {
  return FIELD_VALUE.test(text);
}

/**
 * Splits a comma-separated header into its elements.
 *
 * Several values of one header form one list. Spaces and tabs around elements are trimmed, empty
 * elements dropped; what an element contains is not looked at. Linear in the length of `value`.
 * RFC 9110 §5.6.1.
 */
export function tokenList(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  const elements: string[] = [];
  for (const line of typeof value === 'string' ? [value] : value) splitLine(line, elements);
  return elements;
}

/** Whether a comma-separated header has `element`, given in lower case, among its elements. */
export function listIncludes(
  value: string | readonly string[] | undefined,
  element: string,
): boolean {
  // Most headers are that one word and nothing else.
  if (typeof value === 'string' && value.toLowerCase() === element) return true;
  return tokenList(value).some((candidate) => candidate.toLowerCase() === element);
}

/** `text` without the spaces and tabs around it, and without touching any other white space. */
export function trimmed(text: string): string {
  return slice(text, 0, text.length);
}

function splitLine(line: string, into: string[]): void {
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    if (at < line.length && line.charCodeAt(at) !== COMMA) continue;
    const element = slice(line, start, at);
    if (element !== '') into.push(element);
    start = at + 1;
  }
}

function slice(line: string, start: number, end: number): string {
  while (start < end && isBlank(line.charCodeAt(start))) start++;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  return line.slice(start, end);
}

/** OWS, RFC 9110 §5.6.3. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

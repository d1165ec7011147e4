/**
 * The Sec-WebSocket-Extensions header, RFC 6455 §9.1: read and written.
 *
 *     extension-list  = 1#extension
 *     extension       = extension-token *( ";" extension-param )
 *     extension-param = token [ "=" (token | quoted-string) ]
 *
 * The scanner only ever moves forward, so that a header costs time in proportion to its length,
 * whatever it holds. Spaces and tabs may stand around `,`, `;` and `=`.
 */
import type { ExtensionParameter, ExtensionParameters } from './extension';

/** One extension of a header. */
export interface ExtensionElement {
  /** A token; compared as it is. */
  readonly name: string;
  readonly parameters: ExtensionParameters;
}

/** A header that does not follow the grammar of RFC 6455 §9.1. */
export class ExtensionHeaderError extends SyntaxError {
  override readonly name: string = 'ExtensionHeaderError';
  /** Where in the header the mistake was noticed, counted in characters from 0. */
  readonly position: number;

  constructor(expected: string, position: number) {
    super(`expected ${expected} at position ${position} of Sec-WebSocket-Extensions`);
    this.position = position;
  }
}

/** What the scanner asks of a header. A string is one. */
export interface Characters {
  /** NaN behind the end. */
  charCodeAt(at: number): number;
  slice(start: number, end: number): string;
}

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/** token, RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a quoted string can carry: no control character but HTAB, nothing beyond ASCII. */
const QUOTABLE = /^[\t\x20-\x7e]*$/;

const IS_TOKEN_CHARACTER = Array.from({ length: 128 }, (_, code) =>
  TOKEN.test(String.fromCharCode(code)),
);

/** Whether `text` is a token. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Reads a Sec-WebSocket-Extensions header.
 *
 * The order and all duplicates are kept. Elements with nothing in them are skipped (RFC 9110
 * §5.6.1) as long as others have something; an empty header has no extensions. Takes time linear in the header's length.
 * Several headers of the name mean the same as one with their values joined by commas.
 *
 * @throws {ExtensionHeaderError} the header does not follow RFC 6455 §9.1
 */
export function parseExtensions(header: string): ExtensionElement[] {
  return scanExtensions(header);
}

/** `parseExtensions` of anything that has characters. */
export function scanExtensions(header: Characters): ExtensionElement[] {
  return new Scanner(header).list();
}

/**
 * Writes a Sec-WebSocket-Extensions header; the empty string when there is nothing to write.
 *
 * A value is quoted when it says so, or when it is not a token. RFC 6455 §9.1 has no use for the
 * latter, and `parseExtensions` refuses it; some applications send it to each other all the same.
 *
 * @throws {TypeError} a name is not a token, or a value has characters that no quoting can carry:
 *   controls (CR, LF and NUL among them) and everything beyond ASCII
 */
export function serializeExtensions(elements: readonly ExtensionElement[]): string {
  return elements.map(serializeElement).join(', ');
}

function serializeElement({ name, parameters }: ExtensionElement): string {
  return [sendableName(name), ...parameters.map(serializeParameter)].join('; ');
}

function serializeParameter({ name, value, quoted }: ExtensionParameter): string {
  if (value === null) return sendableName(name);
  if (!QUOTABLE.test(value)) {
    throw new TypeError(`the value of the extension parameter "${name}" cannot be sent`);
  }
  const plain = !quoted && isToken(value);
  return `${sendableName(name)}=${plain ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}

function sendableName(name: string): string {
  if (isToken(name)) return name;
  throw new TypeError(`${JSON.stringify(name)} cannot be sent as the name of an extension`);
}

/** Each method reads what it is called after, and leaves the position behind it. */
class Scanner {
  readonly #header: Characters;
  #at = 0;

  constructor(header: Characters) {
    this.#header = header;
  }

  list(): ExtensionElement[] {
    const elements: ExtensionElement[] = [];
    let commas = 0;
    for (;;) {
      this.#blanks();
      if (this.#isTokenCharacter()) elements.push(this.#element());
      if (Number.isNaN(this.#code())) break;
      if (!this.#skip(COMMA)) throw this.#expected('a comma or the end');
      commas++;
    }
    // "1#extension": a list has at least one; a header without a value is no list at all.
    if (elements.length === 0 && commas > 0) throw this.#expected('an extension');
    return elements;
  }

  #element(): ExtensionElement {
    const name = this.#token();
    const parameters: ExtensionParameter[] = [];
    this.#blanks();
    while (this.#skip(SEMICOLON)) {
      this.#blanks();
      parameters.push(this.#parameter());
      this.#blanks();
    }
    return { name, parameters };
  }

  #parameter(): ExtensionParameter {
    const name = this.#token();
    this.#blanks();
    if (!this.#skip(EQUALS)) return { name, value: null, quoted: false };
    this.#blanks();
    return this.#skip(QUOTE)
      ? { name, value: this.#quotedToken(), quoted: true }
      : { name, value: this.#token(), quoted: false };
  }

  #token(): string {
    const start = this.#at;
    while (this.#isTokenCharacter()) this.#at++;
    if (this.#at === start) throw this.#expected('a token');
    return this.#header.slice(start, this.#at);
  }

  // "When using the quoted-string syntax variant, the value after quoted-string unescaping MUST
  // conform to the 'token' ABNF." §9.1
  #quotedToken(): string {
    let value = '';
    while (value === '' || !this.#skip(QUOTE)) {
      this.#skip(BACKSLASH);
      if (!this.#isTokenCharacter()) throw this.#expected('a token in quotes');
      value += String.fromCharCode(this.#code());
      this.#at++;
    }
    return value;
  }

  #blanks(): void {
    while (this.#code() === SPACE || this.#code() === TAB) this.#at++;
  }

  #skip(code: number): boolean {
    if (this.#code() !== code) return false;
    this.#at++;
    return true;
  }

  #isTokenCharacter(): boolean {
    return IS_TOKEN_CHARACTER[this.#code()] === true;
  }

  #code(): number {
    return this.#header.charCodeAt(this.#at);
  }

  #expected(what: string): ExtensionHeaderError {
    return new ExtensionHeaderError(what, this.#at);
  }
}

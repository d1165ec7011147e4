/**
 * What connections do, line by line, on stderr: for whoever has started the process with
 * `NODE_DEBUG=websocket` (`util.debuglog`). Without that there is nothing here: whoever has something to
 * say asks `debugLog?.`, and its words are not even made. Nothing of a connection is kept for it.
 *
 * No line has what is private: no payload, reason, header, key or credential; of a URL neither the user nor
 * the query.
 */
import { debuglog } from 'node:util';

/** As much of a URL as is shown. */
const LONGEST_URL = 200;

/** The log, while there is one. */
export class DebugLog {
  readonly #write: (line: string) => void;
  /** Parts of one connection have the same number. */
  readonly #ids = new WeakMap<object, number>();
  #latest = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** One line about a connection, or a part of it. */
  note(about: object, text: string): void {
    this.#write(`#${this.#idOf(about)} ${text}`);
  }

  /** From here on, `part` is of the same connection as `whole`. */
  joins(part: object, whole: object): void {
    this.#ids.set(part, this.#idOf(whole));
  }

  #idOf(about: object): number {
    let id = this.#ids.get(about);
    if (id === undefined) this.#ids.set(about, (id = ++this.#latest));
    return id;
  }
}

const log = debuglog('websocket');

/** Null unless `NODE_DEBUG` asked for it when the process started: Node reads it only then. */
export const debugLog: DebugLog | null = log.enabled
  ? new DebugLog((line) => log('%s', line))
  : null;

/** A URL without its user, password, query and fragment. */
export function shownUrl(url: string): string {
  const [address = ''] = url.split(/[?#]/, 1);
  return address.replace(/^([a-z+]+:\/\/)[^/]*@/i, '$1').slice(0, LONGEST_URL);
}

/** What to say of an error: its code, never its text. */
export function shownError(error: Error | null): string {
  if (error === null) return '';
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const status = typeof statusCode === 'number' ? ` (${statusCode})` : '';
  return `: ${typeof code === 'string' ? code : error.name}${status}`;
}

/** What to say of the beginning of an end. */
export function shownBeginning(initiator: string, cause: Error | null): string {
  return `closing, by ${initiator}${shownError(cause)}`;
}

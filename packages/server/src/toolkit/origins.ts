/**
 * Which pages may connect: browsers tell a WebSocket's server the origin of the page, and leave it to the server to
 * refuse it (RFC 6455 §10.2). Compared are scheme, host and port, and nothing by substring or suffix.
 */
import { describe, isNone } from '@ws/common';

/** `'same'`: that of the request's own host; `'*'`: any; or a list of origins, in which `'null'` is a page without one. */
export type OriginsOption = 'same' | '*' | readonly string[];

const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#@\\\s]+$/i;
/** The schemes of a page for those of its WebSockets. */
const PAGE_SCHEMES: Readonly<Record<string, string>> = { 'ws:': 'http:', 'wss:': 'https:' };

export class Origins {
  readonly #option: 'same' | '*' | ReadonlySet<string>;

  /** @throws {TypeError} the option is no list of origins, and neither `'same'` nor `'*'` */
  constructor(option: OriginsOption | null | undefined) {
    this.#option = checked(option);
  }

  /**
   * Whether a page of this origin may connect.
   *
   * @param origin as it was sent
   * @param url that was asked for, `ws:` or `wss:`
   */
  allow(origin: string, url: URL): boolean {
    if (this.#option === '*') return true;
    const page = normalized(origin);
    if (page === null) return false;
    return this.#option === 'same' ? page === originOf(url) : this.#option.has(page);
  }
}

function checked(option: unknown): 'same' | '*' | ReadonlySet<string> {
  if (isNone(option) || option === 'same') return 'same';
  if (option === '*') return '*';
  if (!Array.isArray(option)) {
    throw new TypeError(
      `option origins: ${describe(option)} is not a list of origins, nor 'same' or '*'`,
    );
  }
  return new Set(
    Array.from(option, (origin: unknown) => {
      const page = typeof origin === 'string' && !origin.includes('*') ? normalized(origin) : null;
      if (page !== null) return page;
      throw new TypeError(`option origins: ${describe(origin)} is not ${hintFor(origin)}`);
    }),
  );
}

/** A star would match nothing: origins are compared as a whole. */
function hintFor(origin: unknown): string {
  const form =
    "an origin: scheme://host or scheme://host:port, without a slash at the end, or 'null'";
  if (typeof origin !== 'string' || !origin.includes('*')) return form;
  return `${form}; the option '*', not in a list, allows every page, and the option upgrade can decide`;
}

/** Scheme, host and port in their normal form; null when it is no origin. */
function normalized(origin: string): string | null {
  if (origin === 'null') return origin;
  if (!ORIGIN.test(origin)) return null;
  try {
    const { protocol, host } = new URL(origin);
    return `${protocol}//${host}`;
  } catch {
    return null;
  }
}

function originOf({ protocol, host }: URL): string {
  return `${PAGE_SCHEMES[protocol] ?? protocol}//${host}`;
}

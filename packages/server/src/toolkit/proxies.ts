/**
 * Who the client is behind proxies that are trusted, and only these: headers that name a client are believed from the
 * nearest proxy backwards, as far as the trust goes. (`X-Forwarded-For`; `Forwarded`, RFC 7239.)
 */
import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { describe, isNone } from '@ws/common';
import { forwardedElements, tokenList } from '@ws/handshake';

/**
 * Which proxies are trusted: none (`false`), one (`true`), so many in front of the server, or those with these addresses
 * and networks, such as `10.0.0.0/8`.
 */
export type TrustOption = boolean | number | readonly string[];

/** Whose request it is, as far as can be known. */
export interface RequestSource {
  /** The client's address; `''` if it is not known, as on a Unix socket with no trusted proxy in front. */
  readonly address: string;
  /** Through how many proxies that are trusted the request came. */
  readonly proxies: number;
}

const NETWORK = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i;
/** An address with a port: IPv4, or IPv6 in brackets. */
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;

export class TrustedProxies {
  /** How many proxies are trusted; null where addresses are. */
  readonly #hops: number | null;
  readonly #list = new BlockList();

  /**
   * @throws {TypeError} the option is neither of these, or an address is none
   * @throws {RangeError} a number is no count
   */
  constructor(option: TrustOption | null | undefined) {
    this.#hops = hopsOf(option);
    if (this.#hops === null) for (const entry of option as readonly unknown[]) this.#add(entry);
  }

  /** @param peer the address that the connection comes from */
  sourceOf(peer: string | undefined, headers: IncomingHttpHeaders): RequestSource {
    const address = plain(peer ?? '');
    if (this.#hops === 0 || (this.#hops === null && !this.#includes(address))) {
      return { address, proxies: 0 };
    }
    const named = namedIn(headers);
    return this.#hops === null
      ? this.#behindListed(address, named)
      : behindSoMany(this.#hops, address, named);
  }

  /** Goes from proxy to proxy, as long as each is trusted and says who comes next. */
  #behindListed(peer: string, named: readonly (string | null)[]): RequestSource {
    let address = peer;
    let proxies = 0;
    for (; this.#includes(address); proxies++) {
      const next = named[proxies] ?? null;
      if (next === null) return { address, proxies: proxies + 1 };
      address = next;
    }
    return { address, proxies };
  }

  #includes(address: string): boolean {
    const family = isIP(plain(address));
    return family !== 0 && this.#list.check(plain(address), family === 6 ? 'ipv6' : 'ipv4');
  }

  #add(entry: unknown): void {
    const [, address = '', prefix] = NETWORK.exec(typeof entry === 'string' ? entry : '') ?? [];
    const family = isIP(address);
    const bits = prefix === undefined ? null : Number(prefix);
    if (family === 0 || (bits !== null && bits > (family === 6 ? 128 : 32))) {
      throw new TypeError(
        `option trustProxy: ${describe(entry)} is not an address, nor a network such as 10.0.0.0/8`,
      );
    }
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (bits === null) this.#list.addAddress(address, type);
    else this.#list.addSubnet(address, bits, type);
  }
}

function hopsOf(option: unknown): number | null {
  if (isNone(option)) return 0;
  if (option === true) return 1;
  if (Array.isArray(option)) return null;
  if (typeof option !== 'number') {
    throw new TypeError(
      `option trustProxy: ${describe(option)} is not a boolean, a number of proxies, or a list of addresses`,
    );
  }
  if (Number.isInteger(option) && option >= 0) return option;
  throw new RangeError(`option trustProxy: ${option} is not a number of proxies`);
}

function behindSoMany(
  proxies: number,
  peer: string,
  named: readonly (string | null)[],
): RequestSource {
  const known = named.slice(0, proxies).filter((address) => address !== null);
  return { address: known.at(-1) ?? peer, proxies };
}

/**
 * The addresses that the headers name, that of whoever the nearest proxy has seen first; null for what is none. A proxy
 * sets one of the two headers, and lets through what a client has put into the other: where they differ, neither is believed.
 */
function namedIn(headers: IncomingHttpHeaders): (string | null)[] {
  const one = tokenList(headers['x-forwarded-for']).map(addressIn).reverse();
  if (headers.forwarded === undefined) return one;
  const other = forwardedElements(headers.forwarded).map((element) =>
    addressIn(element?.for ?? ''),
  );
  if (headers['x-forwarded-for'] === undefined) return other;
  return one.join() === other.join() ? one : [];
}

function addressIn(text: string): string | null {
  const [, v6, v4] = WITH_PORT.exec(text) ?? [];
  const address = plain(v6 ?? v4 ?? text);
  return isIP(address) === 0 ? null : address;
}

/** IPv4 as itself, where a system has made IPv6 of it. */
function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

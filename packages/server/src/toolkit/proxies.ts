/**
 * Who the client is behind proxies that are trusted, and only these: headers that name a client are believed from the
 * nearest proxy backwards, as far as the trust goes. (`X-Forwarded-For`; `Forwarded`, RFC 7239.)
 */
import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { describe, isNone } from '@ws/common';
import { tokenList } from '@ws/handshake';

/**
 * Which proxies are trusted: none (`false`), one (`true`), so many in front of the server, or those with these addresses
 * and networks, such as `10.0.0.0/8`.
 */
export type TrustOption = boolean | number | readonly string[];

/** One `for=` of a `Forwarded` element: a token, or a quoted string. */
const FORWARDED_FOR = /^(?:[^;"]*;)*?\s*for=(?:"([^"\\]*)"|([^;,"\s]+))/i;
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

  /** Whether whoever the connection comes from is a proxy that is trusted. */
  trusts(peer: string | undefined): boolean {
    return this.#hops === null ? this.#includes(peer ?? '') : this.#hops > 0;
  }

  /**
   * The address of the client, as far as it can be known.
   *
   * @param peer the address that the connection comes from
   * @returns `''` if that is not known, as on a Unix socket with no trusted proxy in front
   */
  clientOf(peer: string | undefined, headers: IncomingHttpHeaders): string {
    let address = plain(peer ?? '');
    if (!this.trusts(peer)) return address;
    const named = namedIn(headers).reverse();
    for (const [index, next] of named.entries()) {
      if (this.#hops === null ? !this.#includes(address) : index >= this.#hops) break;
      if (next === null) break;
      address = next;
    }
    return address;
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

/**
 * The addresses that the headers name, the client's first; null for what is none. A proxy sets one of the two
 * headers, and lets through what a client has put into the other: where they differ, neither is believed.
 */
function namedIn(headers: IncomingHttpHeaders): (string | null)[] {
  const one = tokenList(headers['x-forwarded-for']).map(addressIn);
  const { forwarded } = headers;
  if (forwarded === undefined) return one;
  const other = tokenList(forwarded).map((element) => {
    const [, quoted, token] = FORWARDED_FOR.exec(element) ?? [];
    return addressIn(quoted ?? token ?? '');
  });
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

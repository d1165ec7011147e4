/** Who may come at all, before the application is asked: by origin, by host, and by how many there are. */
import { booleanOption, describe, integerOption, isNone } from '@ws/common';
import type { RefusalReason } from '../refusal-reason';
import type { RefusedError } from '../refused-error';
import { ownerOf } from './address-owner';
import { Origins } from './origins';
import type { OriginsOption } from './origins';
import { refuse } from './refuse';
import type { UpgradeContext } from './upgrade-context';

export interface AdmissionSettings {
  readonly origins: Origins;
  readonly requireOrigin: boolean;
  /** Null for any. */
  readonly hosts: ReadonlySet<string> | null;
  readonly maxConnections: number;
  readonly maxPerAddress: number;
}

interface AdmissionOptions {
  readonly origins?: OriginsOption | null | undefined;
  readonly requireOrigin?: boolean | null | undefined;
  readonly hosts?: readonly string[] | null | undefined;
  readonly maxConnections?: number | null | undefined;
  readonly maxConnectionsPerAddress?: number | null | undefined;
}

/** What counts of a client. */
type Candidate = Pick<UpgradeContext, 'address' | 'origin' | 'url'>;

/** What a client is refused for, and how. */
export type AdmissionRefusal = [reason: RefusalReason, refusal: RefusedError];

/** A name, an IPv4 address, or an IPv6 address in brackets; and a port. */
const HOST = /^(\[[\da-f:.]+\]|[^/?#@\\\s:[\]]+)(:\d+)?$/i;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'ws:': '80', 'wss:': '443' };
const RETRY = { 'Retry-After': '5' };

/**
 * @throws {TypeError} an option has the wrong type
 * @throws {RangeError} a number is out of range
 */
export function admissionSettings(options: AdmissionOptions): AdmissionSettings {
  return {
    origins: new Origins(options.origins),
    requireOrigin: booleanOption(options, 'requireOrigin'),
    hosts: hostsIn(options.hosts),
    maxConnections: countOption(options, 'maxConnections'),
    maxPerAddress: countOption(options, 'maxConnectionsPerAddress'),
  };
}

export class Admission {
  readonly #settings: AdmissionSettings;
  /** How many are connected, or wait, of each owner of addresses; kept if there is a limit. */
  readonly #byOwner = new Map<string, number>();
  /** Of those that are connected. */
  readonly #addresses = new Map<object, string>();
  #count = 0;

  constructor(settings: AdmissionSettings) {
    this.#settings = settings;
  }

  /** What a client is refused for; null if it may come in. */
  refusalOf(context: Candidate): AdmissionRefusal | null {
    const { maxConnections, maxPerAddress } = this.#settings;
    const page = this.#refusalOfPage(context);
    if (page !== null) return page;
    if (this.#count >= maxConnections) {
      return ['connections', refuse(503, 'Too many clients are connected.', RETRY)];
    }
    if (maxPerAddress !== Infinity && this.#countOf(ownerOf(context.address)) >= maxPerAddress) {
      return ['address', refuse(429, 'Too many clients of this address are connected.', RETRY)];
    }
    return null;
  }

  /** Counts a client that has come in, until it leaves. */
  enter({ address }: Candidate): void {
    this.#count++;
    if (this.#settings.maxPerAddress === Infinity) return;
    const owner = ownerOf(address);
    this.#byOwner.set(owner, this.#countOf(owner) + 1);
  }

  /** A client that has come in is connected, until it is `disconnected`. */
  connected(ws: object, { address }: Candidate): void {
    if (this.#settings.maxPerAddress !== Infinity) this.#addresses.set(ws, address);
  }

  disconnected(ws: object): void {
    const address = this.#addresses.get(ws) ?? '';
    this.#addresses.delete(ws);
    this.leave({ address });
  }

  /** A client that has come in was not accepted, or has left before. */
  leave({ address }: Pick<Candidate, 'address'>): void {
    this.#count--;
    if (this.#settings.maxPerAddress === Infinity) return;
    const owner = ownerOf(address);
    const others = this.#countOf(owner) - 1;
    if (others > 0) this.#byOwner.set(owner, others);
    else this.#byOwner.delete(owner);
  }

  #countOf(owner: string): number {
    return this.#byOwner.get(owner) ?? 0;
  }

  /** The URL is parsed only when it is asked for: most clients need none. */
  #refusalOfPage(candidate: Candidate): AdmissionRefusal | null {
    const { origin } = candidate;
    const { hosts, origins, requireOrigin } = this.#settings;
    if (hosts !== null && !isAmong(hosts, candidate.url)) {
      return ['host', refuse(403, 'This host is not served here.')];
    }
    if (origin === null ? requireOrigin : !origins.allow(origin, candidate.url)) {
      return ['origin', refuse(403, 'Pages of this origin may not connect.')];
    }
    return null;
  }
}

function isAmong(hosts: ReadonlySet<string>, { hostname, port, protocol }: URL): boolean {
  return hosts.has(hostname) || hosts.has(`${hostname}:${port || DEFAULT_PORTS[protocol]}`);
}

function countOption<Name extends string>(
  options: { readonly [name in Name]?: number | null | undefined },
  name: Name,
): number {
  const range = { fallback: Infinity, least: 1, most: Number.MAX_SAFE_INTEGER, unlimited: true };
  return integerOption(options, name, range);
}

/** Hosts in their normal form, with the port that was given. */
function hostsIn(hosts: unknown): ReadonlySet<string> | null {
  if (isNone(hosts)) return null;
  if (!Array.isArray(hosts)) throw new TypeError(`option hosts: ${describe(hosts)} is not a list`);
  return new Set(
    Array.from(hosts, (text: unknown) => {
      const host = typeof text === 'string' ? normalHost(text) : null;
      if (host !== null) return host;
      throw new TypeError(`option hosts: ${describe(text)} is not a host, with a port or not`);
    }),
  );
}

function normalHost(text: string): string | null {
  const [, host = '', port = ''] = HOST.exec(text) ?? [];
  try {
    return new URL(`ws://${host}`).hostname + port;
  } catch {
    return null;
  }
}

/** The options of a client-side WebSocket, checked before anything is dialled. */
import type { Agent } from 'node:http';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import {
  booleanOption,
  choiceOption,
  CLIENT_OPTIONS,
  givenOptions,
  integerOption,
  knownOptions,
  optional,
  optionsElsewhere,
  timeoutOption,
} from '@ws/common';
import { CONNECTION_OPTIONS, connectionSettings } from '@ws/connection';
import type { ConnectionSettings } from '@ws/connection';
import type { Extensions } from '@ws/extensions';
import type { HeaderInput } from '@ws/handshake';
import { EXTENSION_OPTIONS, extensionsFor } from '@ws/permessage-deflate';
import { headerOptions } from './header-options';
import { IGNORED_NET, IGNORED_TLS } from './nested-options';
import type { ClientOptions, StreamOptions } from './options';
import { proxySettings } from './proxy-settings';
import type { ProxySettings } from './proxy-settings';

/** The options of a client-side WebSocket with every default filled in. */
export interface ClientSettings {
  readonly connection: ConnectionSettings;
  readonly extensions: Extensions;
  readonly headers: HeaderInput;
  readonly origin: string | undefined;
  readonly protocolVersion: 8 | 13;
  readonly handshakeTimeout: number;
  readonly maxHeaderSize: number;
  /** How many redirects to follow, and how; null when none. */
  readonly redirects: RedirectSettings | null;
  readonly tls: TlsOptions;
  /** The options `localAddress`, `family` and `lookup` included. */
  readonly net: Partial<StreamOptions>;
  readonly socketPath: string | undefined;
  readonly createConnection: Dial | undefined;
  readonly agent: Agent | undefined;
  readonly proxy: ProxySettings | undefined;
}

type Dial = (options: StreamOptions) => Duplex;

export interface RedirectSettings {
  readonly most: number;
  readonly allowInsecure: boolean;
}

const OPTIONS: ReadonlySet<string> = new Set([
  ...CONNECTION_OPTIONS,
  ...EXTENSION_OPTIONS,
  ...CLIENT_OPTIONS,
  'headers',
  'handshakeTimeout',
]);

const HELP = { elsewhere: optionsElsewhere('client') };

/** Options of which the first leaves nothing to do for the second. */
const EXCLUSIVE = [
  ['agent', 'proxy'],
  ['agent', 'createConnection'],
  ['socketPath', 'proxy'],
] as const;

const DEFAULT_HANDSHAKE_TIMEOUT = 30_000;
const HEADER_SIZE = { fallback: 16_384, least: 1, most: 2 ** 30 };
const NONE: ReadonlySet<string> = new Set();
const REDIRECTS = { fallback: 10, least: 0, most: 1000 };

/** An origin by RFC 6454 §6.2: no path, not even a slash; an opaque one is `null`. */
const ORIGIN = /^(?:null|[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\,\x7f-\uffff]+)$/i;

/**
 * Checks the options; the result shares nothing with them that could change.
 *
 * @throws {TypeError} an option is unknown, has the wrong type, cannot be sent, or excludes another
 * @throws {RangeError} a number is out of range
 */
export function clientSettings(given?: ClientOptions | null): ClientSettings {
  const options = knownOptions(given, OPTIONS, HELP);
  const version = choiceOption<8 | 13>(options, 'protocolVersion', [8, 13]);
  const connection = connectionSettings(options);
  const settings: ClientSettings = {
    connection,
    extensions: extensionsFor(options, connection.maxLength),
    headers: headerOptions(options.headers, 'handshake', 'headers'),
    origin: optional(options, 'origin', 'an origin: scheme://host, with a port or not', isOrigin),
    protocolVersion: version ?? 13,
    handshakeTimeout: timeoutOption(options, 'handshakeTimeout', DEFAULT_HANDSHAKE_TIMEOUT),
    maxHeaderSize: integerOption(options, 'maxHeaderSize', HEADER_SIZE),
    redirects: redirectSettings(options),
    tls: tlsSettings(options),
    net: netSettings(options),
    socketPath: optional(options, 'socketPath', 'a path', isPath),
    createConnection: optional(options, 'createConnection', 'a function', isDial),
    agent: optional(options, 'agent', 'an http.Agent', isAgent),
    proxy: proxySettings(options.proxy),
  };
  refuseExclusive(settings);
  return settings;
}

function refuseExclusive(settings: ClientSettings): void {
  for (const [one, other] of EXCLUSIVE) {
    if (settings[one] !== undefined && settings[other] !== undefined) {
      throw new TypeError(`option ${one}: it cannot be used together with option ${other}`);
    }
  }
}

function redirectSettings(options: ClientOptions): RedirectSettings | null {
  const most = integerOption(options, 'maxRedirects', REDIRECTS);
  const allowInsecure = booleanOption(options, 'allowInsecureRedirects');
  return booleanOption(options, 'followRedirects') ? { most, allowInsecure } : null;
}

function tlsSettings(options: ClientOptions): TlsOptions {
  const ca = optional(options, 'ca', 'a string, bytes, or a list of these', isCertificates);
  const tls = givenOptions<TlsOptions>(options.tls, 'tls', IGNORED_TLS);
  return ca === undefined ? tls : { ca, ...tls };
}

function netSettings(options: ClientOptions): Partial<StreamOptions> {
  const own = {
    localAddress: optional(options, 'localAddress', 'an IP address', isAddress),
    family: choiceOption(options, 'family', [0, 4, 6]),
    lookup: optional(options, 'lookup', 'a function', isLookup),
  };
  return {
    ...givenOptions<StreamOptions>(options.net, 'net', IGNORED_NET),
    ...givenOptions<StreamOptions>(own, 'net', NONE),
  };
}

function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && ORIGIN.test(value);
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && isIP(value) !== 0;
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

function isDial(value: unknown): value is Dial {
  return typeof value === 'function';
}

function isLookup(value: unknown): value is LookupFunction {
  return typeof value === 'function';
}

function isAgent(value: unknown): value is Agent {
  return typeof (value as Partial<{ addRequest: unknown }> | null)?.addRequest === 'function';
}

function isCertificates(value: unknown): value is NonNullable<TlsOptions['ca']> {
  // a copy, since `every` passes over holes
  if (Array.isArray(value)) return [...(value as unknown[])].every(isCertificate);
  return isCertificate(value);
}

function isCertificate(value: unknown): boolean {
  return typeof value === 'string' || ArrayBuffer.isView(value);
}

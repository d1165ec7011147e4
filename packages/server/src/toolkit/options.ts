/** The options of a WebSocketServer: those of its connections, and its own. */
import {
  choiceOption,
  describe,
  integerOption,
  optional,
  isNone,
  knownOptions,
  optionsElsewhere,
  timeoutOption,
} from '@ws/common';
import { validateSubprotocols } from '@ws/handshake';
import { SERVER_OPTION_NAMES, serverSettings } from '../options';
import type { ServerOptions, ServerSettings } from '../options';
import type { UpgradeHook } from './acceptance';
import { admissionSettings } from './admission';
import type { AdmissionSettings } from './admission';
import type { OriginsOption } from './origins';
import { mergedOptions } from './merged-options';
import { Paths } from './paths';
import { TrustedProxies } from './proxies';
import type { TrustOption } from './proxies';
import type { UpgradeSource } from './shared-listener';

/**
 * What a WebSocketServer can be told; every option of a connection beside its own. Every option may be left out,
 * undefined or null.
 *
 * @typeParam Data what the `upgrade` hook returns as `data`
 * @typeParam Path the patterns in `path`
 */
export interface WebSocketServerOptions<Data, Path extends string> extends Omit<
  ServerOptions,
  'trustProxy'
> {
  /** The HTTP server, or servers, whose `upgrade` requests it answers. Default: those that `handle()` is given. */
  server?: UpgradeSource | readonly UpgradeSource[] | null | undefined;
  /** Listens on this port with an HTTP server of its own, which answers other requests with 426. 0 is any free one. */
  port?: number | null | undefined;
  /** The host to listen on, with `port`. Default: all addresses. */
  host?: string | null | undefined;
  /** How many connections the system keeps that are not accepted yet, with `port`. */
  backlog?: number | null | undefined;
  /** Which paths it answers: a literal, `:name` for a segment, a trailing `*` for the rest; or a list. Default: every path. */
  path?: Path | readonly Path[] | null | undefined;
  /**
   * What happens to a request whose path no WebSocketServer of the HTTP server has, when nobody else listens for
   * `upgrade`: it is answered with 404 (`'refuse'`, the default), or left alone (`'ignore'`),
   * until the `timeout` of the HTTP server is over, if it has one.
   */
  unmatched?: 'refuse' | 'ignore' | null | undefined;
  /** The subprotocols that are supported. The first of the client's that is among them is chosen. */
  protocols?: string | readonly string[] | null | undefined;
  /**
   * The pages that may connect, by their origins: `'same'` (the default) as the request's own host, `'*'` any, or
   * those in a list, in which `'null'` stands for pages without one.
   */
  origins?: OriginsOption | null | undefined;
  /** Whether clients that send no origin, which are no browsers, are refused. Default false. */
  requireOrigin?: boolean | null | undefined;
  /** The hosts that may be asked for, with a port or without: the protection from DNS rebinding. Default: any. */
  hosts?: readonly string[] | null | undefined;
  /** How many clients may be connected, or wait; one more is answered with 503. Default Infinity. */
  maxConnections?: number | null | undefined;
  /**
   * How many clients of one address may be connected, or wait; one more is answered with 429. All IPv6 addresses of a network
   * of 64 bits count as one, since a host has one of these at least. Default Infinity.
   */
  maxConnectionsPerAddress?: number | null | undefined;
  /**
   * The proxies whose `X-Forwarded-…` or `Forwarded` headers are believed: none (`false`, the default), one
   * (`true`), so many, or those with addresses and networks in a list, such as `10.0.0.0/8`. They say what
   * the client's address is, which host it has asked for, and whether by TLS.
   */
  trustProxy?: TrustOption | null | undefined;
  /** Decides about a client before it is answered. */
  upgrade?: UpgradeHook<Data, Path> | null | undefined;
  /** Milliseconds that a client waits for the hook; then it is answered with 503. Default 10,000; Infinity: any number. */
  upgradeTimeout?: number | null | undefined;
  /** How many clients may wait for the hook; one more is answered with 503. Default 1,000. */
  maxPending?: number | null | undefined;
}

export interface ListenSettings {
  readonly port: number;
  readonly host: string | undefined;
  readonly backlog: number | undefined;
}

export interface WebSocketServerSettings<Data, Path extends string> {
  /** As they were given, for connections that differ in some. */
  readonly connectionOptions: ServerOptions;
  readonly connection: ServerSettings;
  readonly proxies: TrustedProxies;
  readonly admission: AdmissionSettings;
  readonly servers: readonly UpgradeSource[];
  readonly listen: ListenSettings | null;
  readonly paths: Paths;
  readonly refusesUnmatched: boolean;
  readonly protocols: readonly string[];
  readonly upgrade: UpgradeHook<Data, Path> | undefined;
  readonly upgradeTimeout: number;
  readonly maxPending: number;
}

const OWN_OPTIONS: readonly string[] = [
  'server',
  'port',
  'host',
  'backlog',
  'path',
  'unmatched',
  'protocols',
  'origins',
  'requireOrigin',
  'hosts',
  'maxConnections',
  'maxConnectionsPerAddress',
  'trustProxy',
  'upgrade',
  'upgradeTimeout',
  'maxPending',
];
const OPTIONS: ReadonlySet<string> = new Set([...OWN_OPTIONS, ...SERVER_OPTION_NAMES]);
const HELP = { elsewhere: optionsElsewhere('toolkit') };

/** What a server in production wants, where a single connection has to be asked. */
const DEFAULTS: ServerOptions = {
  protocolVersions: ['hybi-13', 'hybi-08', 'hybi-07'],
  ping: 30,
};

const PORT = { fallback: 0, least: 0, most: 65_535 };
const BACKLOG = { fallback: 511, least: 1, most: 2 ** 31 - 1 };
const MAX_PENDING = { fallback: 1000, least: 1, most: Number.MAX_SAFE_INTEGER };
const UPGRADE_TIMEOUT = 10_000;

/**
 * Checks the options of a WebSocketServer and fills in the defaults.
 *
 * @throws {TypeError} an option is unknown, has the wrong type, or excludes another
 * @throws {RangeError} a number is out of range
 */
export function webSocketServerSettings<Data, Path extends string>(
  given?: WebSocketServerOptions<Data, Path> | null,
): WebSocketServerSettings<Data, Path> {
  refuseBareArguments(given);
  const options: WebSocketServerOptions<Data, Path> = knownOptions(given, OPTIONS, HELP);
  const connectionOptions = connectionOptionsIn(options);
  return {
    connectionOptions,
    connection: serverSettings(connectionOptions),
    proxies: new TrustedProxies(options.trustProxy),
    admission: admissionSettings(options),
    servers: serversIn(options.server),
    listen: listenSettings(options),
    paths: new Paths(options.path),
    refusesUnmatched: choiceOption(options, 'unmatched', ['refuse', 'ignore']) !== 'ignore',
    protocols: validateSubprotocols(options.protocols),
    upgrade: optional(options, 'upgrade', 'a function', isHook<Data, Path>),
    upgradeTimeout: timeoutOption(options, 'upgradeTimeout', UPGRADE_TIMEOUT),
    maxPending: integerOption(options, 'maxPending', MAX_PENDING),
  };
}

/** Node's servers take a port as an argument, and other libraries an HTTP server. */
function refuseBareArguments(given: unknown): void {
  const isPort = typeof given === 'number' || typeof given === 'string';
  if (!isPort && !isUpgradeSource(given)) return;
  const name = isPort ? 'port' : 'server';
  throw new TypeError(`options: ${describe(given)} is not an object of options; pass { ${name} }`);
}

/** The options of the connections, with the toolkit's defaults. */
function connectionOptionsIn(options: Omit<ServerOptions, 'trustProxy'>): ServerOptions {
  const given = Object.entries(options).filter(([name]) => !OWN_OPTIONS.includes(name));
  return mergedOptions(DEFAULTS, Object.fromEntries(given));
}

function serversIn(server: unknown): readonly UpgradeSource[] {
  if (isNone(server)) return [];
  const servers: readonly unknown[] = Array.isArray(server) ? server : [server];
  if (servers.every(isUpgradeSource)) return servers;
  throw new TypeError(
    `option server: ${describe(server)} is not an HTTP server, nor a list of them`,
  );
}

function listenSettings<Data, Path extends string>(
  options: WebSocketServerOptions<Data, Path>,
): ListenSettings | null {
  const { port, server } = options;
  const host = optional(options, 'host', 'a string', isString);
  const backlog = isNone(options.backlog) ? undefined : integerOption(options, 'backlog', BACKLOG);
  if (isNone(port)) {
    const needless = host === undefined ? (backlog === undefined ? null : 'backlog') : 'host';
    if (needless === null) return null;
    throw new TypeError(`option ${needless}: it is of use with option port alone`);
  }
  if (!isNone(server)) {
    throw new TypeError('option port: it cannot be used together with option server');
  }
  return { port: integerOption(options, 'port', PORT), host, backlog };
}

function isHook<Data, Path extends string>(value: unknown): value is UpgradeHook<Data, Path> {
  return typeof value === 'function';
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isUpgradeSource(value: unknown): value is UpgradeSource {
  const { on, off, listenerCount } = Object(value) as Partial<UpgradeSource>;
  return [on, off, listenerCount].every((method) => typeof method === 'function');
}

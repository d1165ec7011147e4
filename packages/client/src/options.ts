import type { ConnectionOptions as TlsOptions } from 'node:tls';
import {
  CONNECTION_OPTIONS,
  connectionSettings,
  describe,
  refuseUnknownOptions,
  timeoutOption,
} from '@ws/connection';
import type { ConnectionOptions, ConnectionSettings } from '@ws/connection';
import { headerEntries } from '@ws/handshake';
import type { HeaderInput } from '@ws/handshake';

/** What a client-side WebSocket can be told. Every option may be left out or undefined. */
export interface ClientOptions extends ConnectionOptions {
  /** Headers for the request, beside those of the handshake itself: Authorization, Cookie, … */
  headers?: HeaderInput | undefined;
  /**
   * Options for `tls.connect`, for `wss:` URLs: `ca`, `cert`, `key`, … Null and undefined are the
   * same as leaving the option out.
   */
  tls?: TlsOptions | undefined;
  /** Milliseconds from dialling until the connection must be open. Default 30,000. */
  handshakeTimeout?: number | undefined;
}

/** The options of a client-side WebSocket, checked, with every default filled in. */
export interface ClientSettings {
  readonly connection: ConnectionSettings;
  readonly headers: HeaderInput;
  readonly tls: TlsOptions;
  readonly handshakeTimeout: number;
}

const OWN_OPTIONS = ['headers', 'tls', 'handshakeTimeout'];
const DEFAULT_HANDSHAKE_TIMEOUT = 30_000;

/**
 * Checks the options; the result shares nothing with them.
 *
 * @throws {TypeError} an option is unknown or has the wrong type, or a header cannot be sent
 * @throws {RangeError} a number is out of range
 */
export function clientSettings(options: ClientOptions): ClientSettings {
  refuseUnknownOptions(options, [...CONNECTION_OPTIONS, ...OWN_OPTIONS]);
  return {
    connection: connectionSettings(options),
    headers: copiedHeaders(options.headers ?? {}),
    tls: givenOptions(options.tls),
    handshakeTimeout: timeoutOption(options, 'handshakeTimeout', DEFAULT_HANDSHAKE_TIMEOUT),
  };
}

function copiedHeaders(headers: HeaderInput): HeaderInput {
  headerEntries(headers, 'option headers');
  return { ...headers };
}

/** A copy without what is null or undefined: neither may count as "do not verify". */
function givenOptions(tls: unknown): TlsOptions {
  if (tls === undefined || tls === null) return {};
  if (typeof tls !== 'object') throw new TypeError(`option tls: ${describe(tls)} is not an object`);
  return Object.fromEntries(
    Object.entries(tls).filter(([, value]) => value !== undefined && value !== null),
  );
}

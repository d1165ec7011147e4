import {
  booleanOption,
  describe,
  isNone,
  knownOptions,
  optionsElsewhere,
  SERVER_OPTIONS,
  timeoutOption,
} from '@ws/common';
import { CONNECTION_OPTIONS, connectionSettings, warnOnce } from '@ws/connection';
import type { ConnectionOptions, ConnectionSettings } from '@ws/connection';
import type { Extensions } from '@ws/extensions';
import { headersToSend, PROTOCOL_VERSIONS } from '@ws/handshake';
import type { HeaderInput, ProtocolVersion } from '@ws/handshake';
import { EXTENSION_OPTIONS, extensionsFor } from '@ws/permessage-deflate';
import type { ExtensionOptions } from '@ws/permessage-deflate';

/** What a server-side WebSocket can be told. Every option may be left out, undefined or null. */
export interface ServerOptions extends ConnectionOptions, ExtensionOptions {
  /**
   * Headers for the response that accepts, beside those of the handshake itself. Null and undefined make
   * none. With an Upgrade among them they are another response's that is passed on: what belongs to its
   * connection and handshake is not sent, and warned of once for each name.
   */
  headers?: HeaderInput | null | undefined;
  /**
   * The protocol versions to accept; default: all. The hixie drafts have no masking and are for old
   * clients on networks that one trusts.
   */
  protocolVersions?: readonly ProtocolVersion[] | null | undefined;
  /** Milliseconds that the client may take to complete its handshake. Default 30,000; Infinity: no limit. */
  handshakeTimeout?: number | null | undefined;
  /**
   * Whether a proxy's `X-Forwarded-Proto` and `X-Forwarded-Host`, or its element of `Forwarded`, tell what URL the client
   * asked for. Default false: anybody can send them.
   */
  trustProxy?: boolean | null | undefined;
}

/** The options of a server-side WebSocket, checked, with every default filled in. */
export interface ServerSettings {
  readonly connection: ConnectionSettings;
  readonly extensions: Extensions;
  readonly headers: HeaderInput;
  readonly protocolVersions: readonly ProtocolVersion[];
  readonly handshakeTimeout: number;
  readonly trustProxy: boolean;
}

/** The names of all options that `serverSettings` reads. */
export const SERVER_OPTION_NAMES: readonly string[] = [
  ...CONNECTION_OPTIONS,
  ...EXTENSION_OPTIONS,
  ...SERVER_OPTIONS,
  'headers',
  'handshakeTimeout',
];
const OPTIONS: ReadonlySet<string> = new Set(SERVER_OPTION_NAMES);
const HELP = { elsewhere: optionsElsewhere('server') };

/** In milliseconds; refused clients have as long to leave. */
export const DEFAULT_HANDSHAKE_TIMEOUT = 30_000;
/** What most servers use; made once, since a handshake should not cost a set of options. */
let defaults: ServerSettings | null = null;

/**
 * Checks the options; the result shares nothing with them.
 *
 * @throws {TypeError} an option is unknown or has the wrong type, or a header cannot be sent
 * @throws {RangeError} a number is out of range
 */
export function serverSettings(options?: ServerOptions | null): ServerSettings {
  return isNone(options) ? (defaults ??= checkedSettings({})) : checkedSettings(options);
}

function checkedSettings(given: ServerOptions): ServerSettings {
  const options = knownOptions(given, OPTIONS, HELP);
  const connection = connectionSettings(options);
  return {
    connection,
    extensions: extensionsFor(options, connection.maxLength),
    headers: headersOption(options.headers),
    protocolVersions: checkedVersions(options.protocolVersions ?? PROTOCOL_VERSIONS),
    handshakeTimeout: timeoutOption(options, 'handshakeTimeout', DEFAULT_HANDSHAKE_TIMEOUT),
    trustProxy: booleanOption(options, 'trustProxy'),
  };
}

/** The headers that there are to send, copied. */
function headersOption(given: HeaderInput | null | undefined): HeaderInput {
  if (isNone(given)) return {};
  const { headers, warnings } = headersToSend(given, 'handshake', 'option headers');
  for (const warning of warnings) warnOnce(warning, 'WS_WARN_HEADER');
  return headers;
}

function checkedVersions(versions: unknown): readonly ProtocolVersion[] {
  if (!Array.isArray(versions)) {
    throw new TypeError(`option protocolVersions: ${describe(versions)} is not an array`);
  }
  // not `map`, which passes over holes
  return Array.from(versions, (version: unknown) => {
    const known = PROTOCOL_VERSIONS.find((candidate) => candidate === version);
    if (known !== undefined) return known;
    throw new TypeError(
      `option protocolVersions: ${describe(version)} is none of ${PROTOCOL_VERSIONS.join(', ')}`,
    );
  });
}

/** Makes the connection of a client that is accepted. */
import { serverSettings } from '../options';
import type { ServerSettings } from '../options';
import { UpgradeOpening } from '../upgrade-opening';
import type { Acceptance } from './acceptance';
import type { Attempt } from './attempt';
import type { WebSocketServerSettings } from './options';
import { ServerSocket } from './server-socket';

/**
 * @throws {TypeError} the acceptance has an option or header that cannot be, or a subprotocol that the client does not offer
 * @throws {RangeError} one of its options is out of range
 */
export function acceptAttempt<Data, Path extends string>(
  { request, socket, head, context }: Attempt<Path>,
  acceptance: Acceptance<Data>,
  server: WebSocketServerSettings<Data, Path>,
): ServerSocket<Data> {
  const { protocol, data, closeWith } = acceptance;
  if (protocol !== undefined && !context.protocols.includes(protocol)) {
    throw new TypeError(
      `acceptance.protocol: the client does not offer ${JSON.stringify(protocol)}`,
    );
  }
  const settings = settingsOf(acceptance, server);
  const protocols = protocol === undefined ? server.protocols : [protocol];
  const opening = new UpgradeOpening(request, socket, head, protocols, settings);
  const ws = new ServerSocket(opening, settings.connection, data as Data);
  if (closeWith !== undefined) ws.close(closeWith.code, closeWith.reason);
  return ws;
}

/** The server's own settings, unless this connection differs in something. */
function settingsOf<Data, Path extends string>(
  { options, headers }: Acceptance<Data>,
  { connection, connectionOptions }: WebSocketServerSettings<Data, Path>,
): ServerSettings {
  if (options === undefined && headers === undefined) return connection;
  const merged = { ...connectionOptions.headers, ...options?.headers, ...headers };
  return serverSettings({ ...connectionOptions, ...options, headers: merged });
}

/** Makes the connection of a client that is accepted. */
import { describe, isNone } from '@ws/common';
import { serverSettings } from '../options';
import type { ServerSettings } from '../options';
import { UpgradeOpening } from '../upgrade-opening';
import type { Acceptance } from './acceptance';
import type { Attempt } from './attempt';
import { BEARER, withoutBearer } from './bearer';
import type { WebSocketServerSettings } from './options';
import { checkTopics, ServerSocket } from './server-socket';
import type { Home } from './server-socket';

/**
 * @throws {TypeError} the acceptance has an option or header that cannot be, or a subprotocol that the client does not offer
 * @throws {RangeError} one of its options is out of range
 */
export function acceptAttempt<Data, Path extends string>(
  attempt: Attempt<Path>,
  acceptance: Acceptance<Data>,
  server: WebSocketServerSettings<Data, Path>,
  home: Home,
): ServerSocket<Data> {
  const { request, socket, head, context } = attempt;
  const { protocol, data, closeWith } = acceptance;
  checkTopicList(acceptance.topics);
  if (protocol !== undefined && !context.protocols.includes(protocol)) {
    throw new TypeError(
      `acceptance.protocol: the client does not offer ${JSON.stringify(protocol)}`,
    );
  }
  const settings = settingsOf(attempt, acceptance, server);
  const protocols = protocol === undefined ? supportedBy(attempt, server.protocols) : [protocol];
  const opening = new UpgradeOpening(request, socket, head, protocols, settings);
  const ws = new ServerSocket(opening, settings.connection, data as Data, home);
  if (closeWith !== undefined) ws.close(closeWith.code, closeWith.reason);
  return ws;
}

function checkTopicList(topics: unknown): void {
  if (isNone(topics)) return;
  if (!Array.isArray(topics)) {
    throw new TypeError(`acceptance.topics: ${describe(topics)} is not a list`);
  }
  checkTopics(topics);
}

/** A client that has sent its token as a subprotocol is answered `bearer`, unless there is another in common. */
function supportedBy<Path extends string>(
  { asksForBearer, context }: Attempt<Path>,
  protocols: readonly string[],
): readonly string[] {
  if (!asksForBearer) return protocols;
  const others = withoutBearer(context.protocols);
  return others.some((protocol) => protocols.includes(protocol)) ? protocols : [BEARER];
}

/** The server's own settings, unless this connection differs in something. */
function settingsOf<Data, Path extends string>(
  { isProxied }: Attempt<Path>,
  { options, headers }: Acceptance<Data>,
  { connection, proxied, connectionOptions }: WebSocketServerSettings<Data, Path>,
): ServerSettings {
  if (options === undefined && headers === undefined) return isProxied ? proxied : connection;
  const merged = { ...connectionOptions.headers, ...options?.headers, ...headers };
  const trustProxy = isProxied;
  return serverSettings({ ...connectionOptions, trustProxy, ...options, headers: merged });
}

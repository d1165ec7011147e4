/** Makes the connection of a client that is accepted. */
import { isNone } from '@ws/common';
import { serverSettings } from '../options';
import type { ServerSettings } from '../options';
import { UpgradeOpening } from '../upgrade-opening';
import { checkMember } from './acceptance';
import type { Acceptance } from './acceptance';
import type { Attempt } from './attempt';
import { BEARER, withoutBearer } from './bearer';
import { mergedHeaders, mergedOptions } from './merged-options';
import type { WebSocketServerSettings } from './options';
import { ServerSocket } from './server-socket';
import type { Home } from './server-socket';
import type { Statistics } from './statistics';

/**
 * @throws {TypeError} the acceptance has an option or header that cannot be, or a subprotocol that the client does not offer
 * @throws {RangeError} one of its options is out of range
 */
export function acceptAttempt<Data, Path extends string>(
  attempt: Attempt<Path>,
  acceptance: Acceptance<Data>,
  server: WebSocketServerSettings<Data, Path>,
  home: Home,
  statistics: Statistics,
): ServerSocket<Data> {
  const { request, socket, head, context, url } = attempt;
  const { protocol, data, closeWith } = acceptance;
  if (!isNone(protocol) && !context.protocols.includes(protocol)) {
    throw new TypeError(
      `acceptance.protocol: the client does not offer ${JSON.stringify(protocol)}`,
    );
  }
  const settings = settingsOf(acceptance, server);
  const protocols = isNone(protocol) ? supportedBy(attempt, server.protocols) : [protocol];
  const traffic = statistics.trafficOf(context.pattern);
  const known = { url, traffic };
  const opening = new UpgradeOpening(request, socket, head, protocols, settings, known);
  const ws = new ServerSocket(opening, settings.connection, data as Data, home);
  if (!isNone(closeWith)) ws.close(closeWith.code, closeWith.reason);
  return ws;
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
  { options, headers }: Acceptance<Data>,
  { connection, connectionOptions }: WebSocketServerSettings<Data, Path>,
): ServerSettings {
  if (isNone(options) && isNone(headers)) return connection;
  const merged = mergedOptions(connectionOptions, options ?? {});
  const allHeaders = mergedHeaders(merged.headers, headers);
  return checkMember('options', () => serverSettings({ ...merged, headers: allHeaders }));
}

/**
 * Upgrades to something else than a WebSocket. curl and Java's HttpClient offer `Upgrade: h2c` with ordinary requests, and
 * take an ordinary response. Node gives them to `upgrade`, unless `server.shouldUpgradeCallback` says that they are requests as all
 * others. (Node 20 has no such function: there they are refused.)
 */
import type { IncomingMessage, Server } from 'node:http';
import { tokenList } from '@ws/handshake';
import { http } from '../node-http';

type Upgradable = Pick<Server, 'listenerCount'> & {
  shouldUpgradeCallback?: (request: IncomingMessage) => boolean;
};

/**
 * Leaves upgrades to something else to the listeners of `request`, where the server can be told so, and nobody has. Other
 * listeners of `upgrade` get all requests as before.
 *
 * @returns sets it back
 */
export function leaveOtherUpgrades(server: Upgradable): () => void {
  const { shouldUpgradeCallback: original } = server;
  if (original === undefined || !isDefault(original)) return () => undefined;
  const isUpgrade = (request: IncomingMessage): boolean =>
    namesWebSocket(request) ||
    server.listenerCount('upgrade') > 1 ||
    server.listenerCount('request') === 0;
  server.shouldUpgradeCallback = isUpgrade;
  return () => {
    if (server.shouldUpgradeCallback === isUpgrade) server.shouldUpgradeCallback = original;
  };
}

/** Node makes one for each server, which uses nothing but the server: if their text is the same, so is what they do. */
function isDefault(callback: (request: IncomingMessage) => boolean): boolean {
  const { shouldUpgradeCallback } = http().createServer() as Upgradable;
  return String(callback) === String(shouldUpgradeCallback);
}

/** Whether a request asks for a WebSocket, well or not. */
export function namesWebSocket({ headers }: IncomingMessage): boolean {
  return tokenList(headers.upgrade).some((token) => token.toLowerCase() === 'websocket');
}

/** Waiting for events, and for servers to be gone. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type WebSocket from '@ws/websocket';
import type { WebSocketEventMap } from '@ws/websocket';

/** The next event of a type. */
export function next<Type extends keyof WebSocketEventMap>(
  ws: WebSocket,
  type: Type,
): Promise<WebSocketEventMap[Type]> {
  return new Promise((resolve) => ws.once(type, resolve));
}

/** Closes a connection and waits until it is closed. */
export async function hangUp(ws: WebSocket): Promise<void> {
  if (ws.readyState === ws.CLOSED) return;
  const closed = next(ws, 'close');
  ws.close();
  await closed;
}

/** The URL at which to reach a server, once it is listening. */
export async function webSocketUrlOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `ws://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Ends a server and every connection that still speaks HTTP. */
export async function shutDown(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Connections of `ws` and of ours, for what the rows of MIGRATING.md say of them. */
import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import type { WebSocket as Connection } from '@ws/connection';
import { WebSocket as WsClient } from 'ws';
import WebSocket from '../../src';
import { RawClient } from './raw-client';
import { releaseLater } from './release';
import { connectionTo, portOf } from './ws-rows';
import type { AnyServing } from './ws-rows';

/** The class of `ws`, to be used as if it had our types. */
export const ClientOfWs = WsClient as unknown as typeof WebSocket;

export function dial(Client: typeof WebSocket, url: string): WebSocket {
  const ws = new Client(url);
  ws.on('error', () => undefined);
  releaseLater(() => ws.terminate());
  return ws;
}

/** Both ends of an open connection of either module. */
export async function pair(
  Client: typeof WebSocket,
  serving: AnyServing,
): Promise<{ client: WebSocket; server: Connection }> {
  const connection = connectionTo(serving.wss);
  const client = dial(Client, serving.url);
  await new Promise<void>((resolve) => client.once('open', () => resolve()));
  return { client, server: await connection };
}

/** A server's end, and a peer that sends what bytes it likes. */
export async function rawPair(
  serving: AnyServing,
): Promise<{ raw: RawClient; server: Connection }> {
  const connection = connectionTo(serving.wss);
  const raw = await RawClient.open(portOf(serving));
  return { raw, server: await connection };
}

/** What listeners of an event are given. */
export function argumentsOf(ws: Connection, event: string): Promise<unknown[]> {
  return once(ws as unknown as EventEmitter, event);
}

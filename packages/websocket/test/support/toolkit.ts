/** WebSocketServers on HTTP servers of their own, and their clients; all are gone when the test is over. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Client } from '@ws/client';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket, WebSocketServerOptions } from '@ws/server';
import { nextEvent } from './observed';
import { releaseLater } from './release';
import { listen } from './test-server';

export interface Served<Data, Path extends string> {
  readonly chat: WebSocketServer<Data, Path>;
  readonly server: Server;
  readonly url: string;
  readonly port: number;
}

export async function serve<Data = undefined, const Path extends string = string>(
  options: WebSocketServerOptions<Data, Path> = {},
): Promise<Served<Data, Path>> {
  const server = createServer();
  const port = await listen(server);
  const chat = new WebSocketServer<Data, Path>({ server, ...options });
  releaseLater(() => chat.close({ timeout: 0 }));
  return { chat, server, port, url: `ws://127.0.0.1:${port}` };
}

export function dial(url: string, protocols: string[] = []): Client {
  const ws = new Client(url, protocols);
  releaseLater(() => ws.terminate());
  return ws;
}

export async function connectionOf<Data, Path extends string>(
  chat: WebSocketServer<Data, Path>,
): Promise<ServerSocket<Data>> {
  const [ws] = (await once(chat, 'connection')) as [ServerSocket<Data>];
  return ws;
}

/** The status that a client is refused with. */
export async function statusOf(url: string): Promise<number | null> {
  const ws = dial(url);
  await nextEvent(ws, 'close');
  return ws.statusCode;
}

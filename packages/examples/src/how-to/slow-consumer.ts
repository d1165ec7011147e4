/** Receives at the pace of what it does with each message: the peer waits meanwhile. */
import { setTimeout } from 'node:timers/promises';
import { WebSocketServer } from '@ws/websocket';
import type { MessageData, ServerSocket } from '@ws/websocket';

/** Yours writes to a database. */
async function store(data: MessageData): Promise<string> {
  await setTimeout(1);
  return `stored ${data.toString()}`;
}

async function storeAll(ws: ServerSocket): Promise<void> {
  for await (const data of ws) ws.send(await store(data));
}

export const server = new WebSocketServer({ port: Number(process.env['PORT'] ?? 8080) });

server.on('connection', (ws) => {
  storeAll(ws).catch((error: unknown) => console.error(error));
});

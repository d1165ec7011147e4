/** A server that takes one message of any length into a file, and gives it back: it never holds more than a piece of it. */
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from '@ws/websocket';
import type { ServerSocket } from '@ws/websocket';

const MAX_LENGTH = 4 * 2 ** 30;

/** Starts a server that keeps the last upload in `file`; close it, and the connections to it, to stop. */
export function startFileServer(port: number, file: string): Server {
  const server = createServer((_, response) => response.writeHead(404).end());

  async function receive(ws: ServerSocket<unknown>): Promise<void> {
    for await (const message of ws.messages()) {
      await pipeline(Readable.from(message), createWriteStream(file));
      ws.close(1000, 'thank you');
    }
  }

  const uploads = new WebSocketServer({
    server,
    path: '/upload',
    maxStreamedLength: MAX_LENGTH,
  });
  uploads.on('connection', (ws) => {
    receive(ws).catch((error: unknown) => {
      console.error(error);
      ws.close(1011, 'the file cannot be written');
    });
  });

  const downloads = new WebSocketServer({ server, path: '/download' });
  downloads.on('connection', (ws) => {
    ws.sendStream(createReadStream(file)).then(
      () => ws.close(1000),
      (error: unknown) => {
        console.error(error);
        ws.close(1011, 'the file cannot be read');
      },
    );
  });

  return server.listen(port);
}

/** A server for new clients and for old devices: it takes readings, and answers in what each can read. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { WebSocketServer } from '@ws/websocket';

/** Starts the server; close it, and the connections to it, to stop. */
export function startReadingServer(port: number): Server {
  const server = createServer((_, response) => response.writeHead(404).end());

  const readings = new WebSocketServer({
    server,
    protocolVersions: ['hybi-13', 'hixie-76'],
    idleTimeout: 60_000,
  });
  readings.on('connection', (ws) => {
    const isOld = ws.version === 'hixie-76';
    ws.on('message', ({ data }) => {
      console.log(`server: ${ws.version} says ${data.toString()}`);
      // The draft has text only: bytes would end the connection.
      ws.send(isOld ? 'next in 5 s' : Uint8Array.of(5));
    });
    ws.on('close', ({ code }) => console.log(`server: ${ws.version} closed with ${code}`));
  });

  return server.listen(port);
}

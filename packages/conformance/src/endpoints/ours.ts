/** This toolkit as an endpoint under test, in both roles: an echo with a limit that every case fits in. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '@ws/websocket';
import type { ClientOptions, ServerOptions } from '@ws/websocket';

/** All that either end is told beside its defaults. */
export const OPTIONS: ClientOptions & ServerOptions = { maxLength: 2 ** 25, deflate: true };

/** Resolves with the port of an echo server on the loopback interface. */
export function serveEcho(options: ServerOptions = OPTIONS): Promise<number> {
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket, head) => {
    echo(new WebSocket(request, socket, head, [], options));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Visits a URL and echoes; resolves with the text of the last message when it is over. */
export function visit(url: string, options: ClientOptions = OPTIONS): Promise<string> {
  return new Promise((resolve) => {
    let last = '';
    const ws = new WebSocket(url, [], options);
    ws.on('message', ({ data }) => {
      if (typeof data === 'string') last = data;
    });
    echo(ws);
    ws.on('close', () => resolve(last));
  });
}

function echo(ws: WebSocket): void {
  ws.on('message', ({ data }) => ws.send(data));
}

/** The demo: a page, and an echo for it and for every other WebSocket client. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import WebSocket from '@ws/websocket';
import { serveAssets } from './assets';
import { converse, DEMO_PROTOCOL } from './conversation';

/** An HTTP server that is not listening yet. */
export function createDemoServer(): Server {
  const server = createServer(serveAssets);
  server.on('upgrade', (request, socket, head) => {
    converse(new WebSocket(request, socket, head, [DEMO_PROTOCOL]));
  });
  return server;
}

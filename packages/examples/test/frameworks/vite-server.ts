/** A process with Vite's dev server and WebSocketServers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { WebSocketServer } from '@ws/websocket';
import { createServer as createViteServer } from 'vite';
import type { ViteDevServer } from 'vite';
import * as ws from 'ws';
import { answerCalls } from '../../../child-process/src/calls';
import { startViteMiddleware } from '../../src/frameworks/vite-middleware';
import { chatServer } from '../../src/frameworks/vite-plugin';
import type { DevServerCalls } from './dev-servers';

const start: Record<string, () => Promise<Server>> = {
  middleware: () => startViteMiddleware(0),

  async plugin() {
    return (await listeningVite()).httpServer as Server;
  },

  async restarted() {
    const vite = await listeningVite();
    await vite.restart();
    return vite.httpServer as Server;
  },

  /** Two WebSocketServers, and a listener of `upgrade` that is neither theirs nor Vite's. */
  async shared() {
    const server = await startViteMiddleware(0);
    const news = new WebSocketServer({ server, path: '/news' });
    news.on('connection', (connection) => connection.send('news'));
    const foreign = new ws.WebSocketServer({ noServer: true });
    (server as ReturnType<typeof createServer>).on('upgrade', (request, socket, head) => {
      if (request.url !== '/foreign') return;
      foreign.handleUpgrade(request, socket, head, (connection) => connection.send('foreign'));
    });
    return server;
  },
};

function listeningVite(): Promise<ViteDevServer> {
  return createViteServer({
    configFile: false,
    server: { host: true, port: 0 },
    plugins: [chatServer()],
  }).then((vite) => vite.listen());
}

answerCalls<DevServerCalls>({
  async start(folder, kind) {
    process.chdir(folder);
    const server = await start[kind]();
    if (!server.listening) await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
});

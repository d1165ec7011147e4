/** A process with Vite's dev server and WebSocketServers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { WebSocketServer } from '@ws/server';
import { createServer as createViteServer } from 'vite';
import * as ws from 'ws';
import { answerCalls } from '../../../child-process/src/calls';
import { startViteMiddleware } from '../../src/frameworks/vite-middleware';
import { chatServer } from '../../src/frameworks/vite-plugin';

export type ViteKind = 'middleware' | 'plugin' | 'shared';

export interface ViteCalls {
  /** Serves a folder; gives the port. */
  start(kind: ViteKind, root: string): Promise<number>;
}

const start: Record<ViteKind, (root: string) => Promise<Server>> = {
  middleware: (root) => startViteMiddleware(0, root),

  async plugin(root) {
    const vite = await createViteServer({
      root,
      configFile: false,
      server: { host: '127.0.0.1', port: 0 },
      plugins: [chatServer()],
    });
    await vite.listen();
    return vite.httpServer as Server;
  },

  /** Two WebSocketServers, and a listener of `upgrade` that is neither theirs nor Vite's. */
  async shared(root) {
    const server = await startViteMiddleware(0, root);
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

answerCalls<ViteCalls>({
  async start(kind, root) {
    const server = await start[kind](root);
    if (!server.listening) await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
});

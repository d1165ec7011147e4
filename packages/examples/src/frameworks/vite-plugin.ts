/** A WebSocketServer on Vite's own HTTP server. */
import { WebSocketServer } from '@ws/websocket';
import type { Plugin } from 'vite';

/** For the `plugins` of `vite.config.ts`. */
export function chatServer(): Plugin {
  return {
    name: 'chat-server',
    configureServer({ httpServer }) {
      if (httpServer === null) return; // in middleware mode
      const chat = new WebSocketServer({ server: httpServer, path: '/chat/:room' });
      chat.on('connection', (ws) => {
        ws.on('message', ({ data }) => chat.broadcast(data));
      });
      httpServer.once('close', () => void chat.close());
    },
  };
}

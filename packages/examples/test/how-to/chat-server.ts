/** A server that tests start anew for each of them: the port is a free one, and `close()` ends all of it. */
import { WebSocketServer } from '@ws/websocket';

export function createChat(port = 0): WebSocketServer {
  const chat = new WebSocketServer({ port, host: '127.0.0.1', idleTimeout: 600_000 });
  chat.on('connection', (ws) => {
    ws.on('message', ({ data }) => chat.broadcast(data, { except: ws }));
  });
  return chat;
}

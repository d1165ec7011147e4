/** Finds peers that have vanished, at both ends. */
import { Client, WebSocketServer } from '@ws/websocket';

const heartbeat = { ping: 30, pingTimeout: 10_000 }; // seconds of silence; milliseconds to answer

export const server = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  ...heartbeat,
});

export function connect(url: string): Client {
  const ws = new Client(url, [], heartbeat);
  ws.on('close', ({ cause }) => {
    if (cause?.code === 'WS_ERR_PING_TIMEOUT') console.log('the server has vanished');
  });
  return ws;
}

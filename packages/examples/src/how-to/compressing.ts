/** Compresses what is worth it: messages of 1 KiB and more, but for those that say no. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  deflate: true,
});

server.on('connection', (ws) => {
  ws.send(JSON.stringify({ extensions: ws.extensions, rows: Array(1000).fill('a row') }));
  ws.send(Buffer.alloc(2000, 'a picture'), { compress: false });
});

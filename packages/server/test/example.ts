import { createServer } from 'node:http';
import { ServerWebSocket } from '@ws/server';

export const server = createServer((_, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
});

server.on('upgrade', (request, socket, head) => {
  const ws = new ServerWebSocket(request, socket, head, ['chat']);
  ws.on('message', ({ data }) => ws.send(`You said: ${data as string}`));
  ws.on('close', ({ code }) => console.log(`${ws.url} closed with ${code}`));
});

server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');

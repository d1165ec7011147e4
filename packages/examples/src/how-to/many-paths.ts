/** Two WebSocketServers and a listener of somebody else on one HTTP server. */
import { createServer } from 'node:http';
import { WebSocketServer } from '@ws/websocket';

export const server = createServer((_, response) => response.end('a page'));

export const chat = new WebSocketServer({ server, path: '/chat/:room' });
chat.on('connection', (ws, request) => ws.send(`the chat, ${request.url}`));

export const news = new WebSocketServer({ server, path: ['/news', '/news/*'] });
news.on('connection', (ws) => ws.send('the news'));

// What no path matches is left to other listeners. One of them must answer it.
server.on('upgrade', (request, socket) => {
  if (request.url?.startsWith('/legacy/') === true) {
    socket.end('HTTP/1.1 410 Gone\r\nConnection: close\r\n\r\n');
  } else if (!/^\/(?:chat|news)(?:\/|$)/.test(request.url ?? '')) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  }
});

server.listen(Number(process.env['PORT'] ?? 8080));

/** Accepts the pages of two sites, and no client that sends no origin. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  origins: ['https://app.example', 'https://admin.app.example'],
  requireOrigin: true,
});

server.on('refused', ({ reason, context }) => {
  if (reason === 'origin') console.warn('refused a page of', context.origin ?? 'no origin');
});

/** Logs how each connection has ended, and why. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({ port: Number(process.env['PORT'] ?? 8080) });

server.on('connection', (ws) => {
  ws.on('close', ({ code, initiator, cause }) => {
    console.log(`closed with ${code} by ${initiator}:`, cause?.code ?? 'no error');
  });
});

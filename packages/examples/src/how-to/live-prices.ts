/** Sends live data: a client that reads too slowly misses some of it, and costs 1 MiB at most. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  slowReader: 'drop',
  maxBufferedAmount: 2 ** 20,
});

server.on('connection', (ws) => {
  ws.on('close', () => console.log(`${ws.droppedMessages} messages were dropped`));
});

export function publishPrice(symbol: string, price: number): void {
  server.broadcast(JSON.stringify({ symbol, price }));
}

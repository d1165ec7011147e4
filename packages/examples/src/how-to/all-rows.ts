/** Sends 100,000 rows at the pace of the client that reads them, from next to no memory. */
import { WebSocketServer } from '@ws/websocket';
import type { ServerSocket } from '@ws/websocket';

const ROWS = 100_000;

export const server = new WebSocketServer({ port: Number(process.env['PORT'] ?? 8080) });

function sendRows(ws: ServerSocket): void {
  let row = 0;
  const sendMore = (): void => {
    while (row < ROWS) {
      row += 1;
      if (!ws.send(`row ${row}`)) return; // 'drain' calls again
    }
    ws.close(1000, 'that was all');
  };
  ws.on('drain', sendMore);
  sendMore();
}

server.on('connection', sendRows);

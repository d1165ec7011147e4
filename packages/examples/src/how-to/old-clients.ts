/** Speaks every version of the protocol, and answers each client in what its version has. */
import { WebSocketServer } from '@ws/websocket';

export const server = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  protocolVersions: ['hybi-13', 'hybi-08', 'hybi-07', 'hixie-76', 'hixie-75'],
  idleTimeout: 600_000, // hixie has no pings
});

server.on('connection', (ws) => {
  const hasBytes = !ws.version.startsWith('hixie');
  const picture = Buffer.from([1, 2, 3]);
  ws.send(hasBytes ? picture : picture.toString('base64'));
});

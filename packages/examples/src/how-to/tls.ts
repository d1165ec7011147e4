/** A server of `wss:` that reads its certificate and key from two files, without a proxy in front. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { WebSocketServer } from '@ws/websocket';

const { CERTIFICATE = 'cert.pem', KEY = 'key.pem' } = process.env;

export const server = createServer(
  { cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) },
  (_, response) => response.end('a page'),
);

export const echo = new WebSocketServer({ server });
echo.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));

// Renew the certificate without a restart: open connections stay.
process.on('SIGHUP', () => {
  server.setSecureContext({ cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) });
});

server.listen(Number(process.env['PORT'] ?? 8443));

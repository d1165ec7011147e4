/** A process whose connections live through what `NODE_DEBUG=websocket` tells of; its port is on stdout. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '../../src';

async function main(): Promise<void> {
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const options = { idleTimeout: request.url === '/idle' ? 1 : 60_000 };
    const ws = new WebSocket(request, socket, head, ['secret-subprotocol'], options);
    ws.on('message', ({ data }) => {
      ws.pause();
      ws.resume();
      ws.send(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const url = `ws://secret-user:secret-password@127.0.0.1:${port}/chat?token=secret-token`;
  const headers = { 'X-Key': 'secret-header' };
  const ws = new WebSocket(url, ['secret-subprotocol'], { headers, deflate: true });
  ws.onopen = () => ws.send('secret-payload');
  ws.onmessage = () => ws.close(4001, 'secret-reason');
  await new Promise((resolve) => (ws.onclose = resolve));

  const idle = new WebSocket(`ws://127.0.0.1:${port}/idle`);
  await new Promise((resolve) => (idle.onclose = resolve));

  server.close();
  await once(server, 'close');
  const refused = new WebSocket(`ws://127.0.0.1:${port}/gone`);
  await new Promise((resolve) => (refused.onclose = resolve));
}

void main();

/** A test of an application fakes every clock and every queue there is: what moves bytes goes on. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '../src';
import { releaseLater } from './support/release';

let server: Server;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jest.useFakeTimers();
  releaseLater(() => {
    jest.useRealTimers();
    server.close();
  });
});

test.each([false, true])(
  'handshake, messages both ways, ping and close (deflate: %p)',
  async (deflate) => {
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head, [], {
        deflate,
        ping: 30,
        idleTimeout: 90_000,
      });
      ws.on('message', ({ data }) => ws.send(data));
    });
    const { port } = server.address() as AddressInfo;
    const ws = new WebSocket(`ws://127.0.0.1:${port}/`, [], { deflate, ping: 30 });
    const heard: unknown[] = [];
    const closed = new Promise<void>((resolve) => {
      ws.on('message', ({ data }) => {
        if (heard.push(data) === 2) ws.ping();
      });
      ws.on('pong', () => ws.close(1000, 'x'));
      ws.on('close', ({ code, reason }) => {
        heard.push(code, reason);
        resolve();
      });
    });
    ws.send('first');
    ws.send(Buffer.alloc(300_000));
    ws.pause();
    ws.on('open', () => ws.resume());
    await closed;
    expect(heard).toEqual(['first', Buffer.alloc(300_000), 1000, 'x']);
  },
);

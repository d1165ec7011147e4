/** Through Node's response: what is kept, what is left out, and what is no mistake. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'node:http';
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { listen } from '../../websocket/test/support/test-server';
import { releaseLater } from '../../websocket/test/support/release';
import { answerOf, closed, connect, logOf, streaming } from '../test/streaming';
import { EventSource } from '.';

/** All that the server sends to a request as bytes, once it has closed. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connectSocket(port, '127.0.0.1');
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString())).write(text);
  await once(socket, 'close');
  return received;
}

test('HTTP/1.0: the body ends with the connection', async () => {
  const { port } = await streaming((source) => source.end('x'));
  const received = await exchange(port, 'GET / HTTP/1.0\r\n\r\n');
  expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(received).toContain('\r\nConnection: close\r\n');
  expect(received).not.toMatch(/transfer-encoding/i);
  expect(received).toMatch(/\r\n\r\nretry: 5000\n\ndata: x\n\n$/);
});

test('a request without a Host has a URL', async () => {
  const { port, sources } = await streaming((source) => source.close());
  await exchange(port, 'GET /x HTTP/1.0\r\n\r\n');
  expect(sources[0].url).toBe('http://localhost/x');
});

test('the connection can be used again, once the source has closed', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  releaseLater(() => agent.destroy());
  const { port, server } = await streaming((source) => source.end('x'));
  let connections = 0;
  server.on('connection', () => connections++);
  for (let count = 0; count < 3; count++) {
    const client = await connect(port, { agent });
    expect(await client.rest()).toEqual(['x']);
  }
  expect(connections).toBe(1);
});

test('what middleware has set stays, but for what would be no stream of events', async () => {
  const headers = { 'x-b': 'theirs', 'Set-Cookie': ['c=3', 'd=4'] };
  const { port } = await streaming(undefined, { headers }, (_, response) => {
    response.setHeader('Cache-Control', 'no-transform');
    response.setHeader('X-Accel-Buffering', 'yes');
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Length', 5);
    response.setHeader('X-A', 'ours');
    response.setHeader('X-B', 'ours');
  });
  const { headers: got } = (await connect(port)).response;
  expect(got).toMatchObject({
    'cache-control': 'no-transform',
    'x-accel-buffering': 'yes',
    'content-type': 'text/event-stream',
    'x-a': 'ours',
    'x-b': 'theirs',
    'set-cookie': ['c=3', 'd=4'],
  });
  expect(got).not.toHaveProperty('content-length');
});

test('the type may have parameters', async () => {
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8' };
  const { port } = await streaming(undefined, { headers });
  expect((await connect(port)).response.headers['content-type']).toBe(headers['Content-Type']);
});

test('what is sent in one tick leaves in one chunk', async () => {
  const { port } = await streaming((source) => {
    for (let count = 0; count < 100; count++) source.send(String(count));
    setImmediate(() => source.close());
  });
  const client = await answerOf(port);
  const chunks: unknown[] = [];
  client.on('data', (chunk) => chunks.push(chunk));
  await once(client, 'end');
  expect(chunks).toHaveLength(1);
});

test('the head comes at once, though there is nothing to send', async () => {
  const { port } = await streaming(undefined, { retry: false, ping: false });
  expect((await answerOf(port)).statusCode).toBe(200);
});

test('HEAD gets the head, also of a server that throws at bodies', async () => {
  let log: string[] = [];
  const server = createServer({ rejectNonStandardBodyWrites: true }, (request, response) => {
    const source = new EventSource(request, response);
    log = logOf(source);
    source.send('x');
  });
  const port = await listen(server);
  const received = await exchange(port, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(received).toContain('\r\nContent-Type: text/event-stream\r\n');
  expect(received).toMatch(/\r\n\r\n$/);
  expect(log).toEqual(['close 3']);
});

test.each<[string, (response: ServerResponse) => void, string]>([
  ['has begun', (response) => response.writeHead(200).flushHeaders(), 'it has begun already'],
  ['has ended', (response) => response.end(), 'it has ended already'],
])('a response that %s is refused', async (_, begin, message) => {
  const thrown: unknown[] = [];
  const server = createServer((request, response) => {
    begin(response);
    try {
      new EventSource(request, response);
    } catch (error) {
      thrown.push(error);
    }
    response.end();
  });
  await (await connect(await listen(server))).rest();
  expect(thrown).toMatchObject([{ name: 'InvalidStateError', message: `response: ${message}` }]);
});

test('so is a second source of one response', async () => {
  const thrown: unknown[] = [];
  const server = createServer((request, response) => {
    const source = new EventSource(request, response);
    try {
      new EventSource(request, response);
    } catch (error) {
      thrown.push(error);
    }
    source.end('first');
  });
  expect(await (await connect(await listen(server))).rest()).toEqual(['first']);
  expect(thrown).toMatchObject([{ name: 'InvalidStateError' }]);
});

test('a client that has left before: there is one close, and nothing is written', async () => {
  const server = createServer();
  const port = await listen(server);
  const socket = connectSocket(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  socket.destroy();
  await once(response, 'close');
  const source = new EventSource(request, response);
  const log = logOf(source);
  expect([source.readyState, source.send('x')]).toEqual([0, true]);
  await closed(source);
  expect(log).toEqual(['close 3']);
  expect([source.bufferedAmount, source.send('x')]).toEqual([0, false]);
  const left = ['close', 'drain', 'error'].map((name) => response.listenerCount(name));
  expect(left).toEqual([0, 0, 0]);
});

test.each<[string, (socket: Socket) => void]>([
  ['ends its side', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['sends what is no HTTP', (socket) => socket.write('\0\0\0\r\n\r\n')],
])('a client that %s: close', async (_, leave) => {
  const { port, sources } = await streaming();
  const socket = connectSocket(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  const log = logOf(sources[0]);
  leave(socket);
  await closed(sources[0]);
  expect(log).toEqual(['close 3']);
});

test('an answer behind others waits for its turn, and is told when the client leaves before', async () => {
  const sources: EventSource[] = [];
  const firsts: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/first') firsts.push(response);
    else sources.push(new EventSource(request, response));
  });
  const port = await listen(server);
  const ask = async (): Promise<Socket> => {
    const socket = connectSocket(port, '127.0.0.1');
    const next = once(server, 'request');
    socket.write('GET /first HTTP/1.1\r\nHost: x\r\n\r\n');
    await next;
    const second = once(server, 'request');
    socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
    await second;
    return socket;
  };
  const patient = await ask();
  let received = '';
  patient.on('data', (bytes) => (received += bytes.toString()));
  sources[0].send('in time');
  firsts[0].end('first');
  while (!received.includes('data: in time\n\n')) await once(patient, 'data');
  const hasty = await ask();
  hasty.destroy();
  await closed(sources[1]);
  expect(sources[1].writable).toBe(false);
});

test('an application that ends the response itself: close', async () => {
  const made: EventSource[] = [];
  const server = createServer((request, response) => {
    const source = new EventSource(request, response);
    source.on('open', () => response.end());
    made.push(source);
  });
  const client = await connect(await listen(server));
  await client.rest();
  await closed(made[0]);
  expect(made[0].send('x')).toBe(false);
});

test("the server's timeout for idle sockets does not apply, but to what follows", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  releaseLater(() => agent.destroy());
  const seen: (number | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/other') response.end();
    else new EventSource(request, response).on('open', ({ target }) => target.end('x'));
    seen.push(request.socket.timeout);
  });
  server.setTimeout(50_000);
  const port = await listen(server);
  await (await connect(port, { agent })).rest();
  await (await connect(port, { agent, path: '/other' })).rest();
  expect(seen).toEqual([0, 50_000]);
});

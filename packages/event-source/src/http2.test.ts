/** Over HTTP/2, through the same interface of Node's. */
import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { releaseLater } from '../../websocket/test/support/release';
import { listen } from '../../websocket/test/support/test-server';
import { EventStreamParser } from '../test/event-stream-parser';
import { closed, logOf } from '../test/streaming';
import { EventSource } from '.';
import type { EventSourceOptions } from '.';

async function session(
  use: (source: EventSource) => void,
  options?: EventSourceOptions,
): Promise<ClientHttp2Session> {
  const server = createServer((request, response) => {
    if (EventSource.isEventSource(request)) use(new EventSource(request, response, options));
  });
  const client = connect(`http://127.0.0.1:${await listen(server)}`);
  releaseLater(() => client.destroy());
  return client;
}

function ask(client: ClientHttp2Session, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
  return client.request({ accept: 'text/event-stream', ...headers }, { endStream: true });
}

/** The data of the events of a stream, at its end. */
async function dataOf(stream: ClientHttp2Stream): Promise<string[]> {
  const parser = new EventStreamParser();
  stream.on('data', (bytes: Buffer) => parser.push(bytes));
  await once(stream, 'end');
  return parser.events.map(({ data }) => data);
}

test('events come, and the head has no header of connections', async () => {
  const sources: EventSource[] = [];
  const headers = { Connection: 'close', 'Keep-Alive': 'timeout=5', Upgrade: 'x', 'X-A': 'b' };
  const client = await session(
    (source) => {
      sources.push(source);
      source.send('one');
      source.once('open', () => source.end('two'));
    },
    { headers },
  );
  const lastEventId = Buffer.from('ä').toString('latin1');
  const stream = ask(client, { ':path': '/x?y', 'last-event-id': lastEventId });
  const [head] = (await once(stream, 'response')) as [OutgoingHttpHeaders];
  expect(head).toMatchObject({ ':status': 200, 'content-type': 'text/event-stream', 'x-a': 'b' });
  for (const name of ['connection', 'keep-alive', 'upgrade', 'transfer-encoding']) {
    expect(head).not.toHaveProperty(name);
  }
  expect(await dataOf(stream)).toEqual(['one', 'two']);
  expect(sources[0].url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/x\?y$/);
  expect(sources[0].lastEventId).toBe('ä');
});

test.each<[string, (stream: ClientHttp2Stream, client: ClientHttp2Session) => void]>([
  ['resets its stream', (stream) => stream.close(8)],
  ['leaves', (_, client) => client.destroy()],
])('a client that %s: close', async (_, leave) => {
  const sources: EventSource[] = [];
  const client = await session((source) => sources.push(source));
  const stream = ask(client);
  stream.on('error', () => undefined);
  await once(stream, 'response');
  const log = logOf(sources[0]);
  leave(stream, client);
  await closed(sources[0]);
  expect(log).toEqual(['close 3']);
  expect(sources[0].send('late')).toBe(false);
});

test('a stream that was reset before: close, and no open', async () => {
  const server = createServer();
  const client = connect(`http://127.0.0.1:${await listen(server)}`);
  releaseLater(() => client.destroy());
  const stream = ask(client);
  stream.on('error', () => undefined);
  server.on('error', () => undefined);
  const [request, response] = (await once(server, 'request')) as ConstructorParameters<
    typeof EventSource
  >;
  stream.close(8);
  await once(request, 'close');
  const source = new EventSource(request, response);
  const log = logOf(source);
  await closed(source);
  expect(log).toEqual(['close 3']);
});

test('a client that does not read stops the source, and no other of its session', async () => {
  const sources: EventSource[] = [];
  const client = await session((source) => sources.push(source));
  const slow = ask(client);
  await once(slow, 'response');
  const quick = ask(client);
  await once(quick, 'response');
  const message = 'x'.repeat(60_000);
  while (sources[0].send(message));
  expect(sources[0].bufferedAmount).toBeGreaterThan(65_536);
  sources[1].end('quick');
  expect(await dataOf(quick)).toEqual(['quick']);
  const drained = once(sources[0], 'drain');
  slow.resume();
  await drained;
  expect(sources[0].bufferedAmount).toBe(0);
});

test('HEAD gets the head', async () => {
  const logs: string[][] = [];
  const server = createServer((request, response) => {
    const source = new EventSource(request, response);
    logs.push(logOf(source));
    source.send('x');
  });
  const client = connect(`http://127.0.0.1:${await listen(server)}`);
  releaseLater(() => client.destroy());
  const stream = client.request({ ':method': 'HEAD' });
  const [head] = (await once(stream, 'response')) as [OutgoingHttpHeaders];
  expect(head).toMatchObject({ ':status': 200, 'content-type': 'text/event-stream' });
  expect(await dataOf(stream)).toEqual([]);
  expect(logs).toEqual([['close 3']]);
});

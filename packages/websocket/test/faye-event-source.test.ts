/** Server-sent events as programs written for faye-websocket 0.11 send them: each runs with both modules. */
import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { finished, pipeline, Readable } from 'node:stream';
import { connect, type EventClient } from '../../event-source/test/streaming';
import type { ParsedEvent } from '../../event-source/test/event-stream-parser';
import type { EventSource, EventSourceOptions } from '../src';
import { MODULES } from './support/faye-modules';
import { releaseLater } from './support/release';
import { listen } from './support/test-server';

type Use = (source: EventSource) => unknown;

/** As JavaScript passes it. */
const loosely = (value: unknown): never => value as never;

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  /** A client whose source was used in the tick of its construction. */
  async function serve(
    use: Use = () => undefined,
    options?: EventSourceOptions,
    headers: Record<string, string> = {},
  ): Promise<{ client: EventClient; source: EventSource }> {
    let source!: EventSource;
    const server = createServer((request, response) => {
      source = new WebSocket.EventSource(request, response, options);
      use(source);
    });
    const client = await connect(await listen(server), {
      path: '/path?query',
      headers: { Accept: 'text/event-stream', ...headers },
    });
    releaseLater(() => source.close());
    return { client, source };
  }

  test.each<[string, string | undefined, boolean]>([
    ['GET', 'text/event-stream', true],
    ['GET', 'text/html, text/event-stream,*/*', true],
    ['GET', 'text/html', false],
    ['GET', undefined, false],
    ['POST', 'text/event-stream', false],
  ])('isEventSource: %s, Accept %p: %p', (method, accept, expected) => {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method, headers: { accept } });
    expect(WebSocket.EventSource.isEventSource(request)).toBe(expected);
  });

  test('the server of its README', async () => {
    const log: unknown[] = [];
    const server = createServer((request, response) => {
      if (WebSocket.EventSource.isEventSource(request)) {
        let es: EventSource | null = new WebSocket.EventSource(request, response);
        log.push(['open', es.url, es.lastEventId]);
        es.send('Breaking News: ');
        es.send('ready', { event: 'update', id: '99' });

        es.on('close', () => {
          log.push(['close']);
          es = null;
          server.emit('closed');
        });
      } else {
        response.writeHead(200, { 'Content-Type': 'text/plain' });
        response.end('Hello');
      }
    });
    const port = await listen(server);
    const headers = { Accept: 'text/event-stream', 'Last-Event-ID': '98' };
    const client = await connect(port, { path: '/news', headers });
    await client.data(2);
    expect(client.parser.events).toEqual<ParsedEvent[]>([
      { type: 'message', data: 'Breaking News: ', lastEventId: '' },
      { type: 'update', data: 'ready', lastEventId: '99' },
    ]);
    const closing = once(server, 'closed');
    client.leave();
    await closing;
    expect(log).toEqual([['open', `http://localhost:${port}/news`, '98'], ['close']]);
  });

  test.each<[string, EventSourceOptions | undefined, number]>([
    ['no options', undefined, 5000],
    ['options null', loosely(null), 5000],
    ['options of nothing', {}, 5000],
    ['undefined', { ping: undefined, retry: undefined, headers: undefined }, 5000],
    ['null', { ping: null, retry: null, headers: null }, 5000],
    ['seconds', { ping: 15, retry: 10 }, 10_000],
    ['parts of seconds', { retry: 0.25 }, 250],
  ])('%s: the client is told when to come back', async (_, options, retry) => {
    const { client } = await serve((source) => source.send('x'), options);
    await client.data(1);
    expect(client.parser.retry).toBe(retry);
  });

  test('the head, with headers of the application', async () => {
    const { client } = await serve(undefined, { headers: { 'Access-Control-Allow-Origin': '*' } });
    expect(client.response.statusCode).toBe(200);
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-store',
      'access-control-allow-origin': '*',
    });
  });

  test('attributes, from the construction to the end', async () => {
    const seen: unknown[] = [];
    const look: Use = ({ readyState, writable, lastEventId }) =>
      seen.push([readyState, writable, lastEventId]);
    const { source, client } = await serve(look, {}, { 'Last-Event-ID': 'a' });
    expect(new URL(source.url).pathname).toBe('/path');
    if (source.readyState === 0) await once(source, 'open');
    look(source);
    seen.push(source.close());
    look(source);
    seen.push(source.close(), source.send('late'), source.write('late'), source.ping());
    expect(seen).toEqual([
      [0, true, 'a'],
      [1, true, 'a'],
      true,
      [3, false, 'a'],
      ...[false, false, false, false],
    ]);
    expect(await client.rest()).toEqual([]);
  });

  test.each<[string, Use, string[]]>([
    ['send', (source) => [source.send('a'), source.close()], ['a']],
    ['write', (source) => [source.write('a'), source.close()], ['a']],
    ['end', (source) => source.end(), []],
    ['end with a message', (source) => source.end('a'), ['a']],
    ['lines', (source) => source.end('a\nb\r\nc\rd'), ['a\nb\nc\nd']],
    ['an empty message', (source) => source.end(''), ['']],
    ['a number', (source) => source.end(loosely(5)), ['5']],
    ['null', (source) => source.end(loosely(null)), ['null']],
    ['a boolean', (source) => source.end(loosely(false)), ['false']],
    ['an array', (source) => source.end(loosely([1, 2])), ['1,2']],
    ['a Buffer', (source) => source.end(Buffer.from('ä')), ['ä']],
    ['pings between', (source) => [source.ping(), source.end('a')], ['a']],
  ])('%s', async (_, use, data) => {
    const { client } = await serve(use);
    expect(await client.rest()).toEqual(data);
  });

  test('what send returns', async () => {
    const { source } = await serve();
    expect([source.send('a'), source.write('b'), source.ping(), source.end()]).toEqual([
      true,
      true,
      true,
      undefined,
    ]);
  });

  test('on, once, addEventListener and attributes get an event; close comes within close()', async () => {
    const log: unknown[] = [];
    const { source } = await serve((made) => {
      made.onopen = (event: Event) => log.push(['onopen', event.type, event.target === made]);
      made.on('open', (event) => log.push(['open', event.type]));
    });
    if (log.length === 0) await once(source, 'open');
    source.onclose = (event: Event) => log.push(['onclose', event.type]);
    source.addEventListener('close', (event) => log.push(['listener', event.type]));
    source.once('close', () => log.push('once'));
    const removed = (): unknown => log.push('removed');
    source.addEventListener('close', removed);
    source.removeEventListener('close', removed);
    source.close();
    expect(log).toEqual([
      ['onopen', 'open', true],
      ['open', 'open'],
      ['onclose', 'close'],
      ['listener', 'close'],
      'once',
    ]);
  });

  test('send is false to a slow reader, and drain follows', async () => {
    const { client, source } = await serve();
    client.response.pause();
    while (source.send('x'.repeat(50_000))) await new Promise(setImmediate);
    const drained = once(source, 'drain');
    client.response.resume();
    await drained;
    source.end('last');
    expect((await client.rest()).at(-1)).toBe('last');
  });

  test.each<[string, (source: EventSource) => unknown]>([
    ['pipe', (source) => Readable.from(['a', 'b']).pipe(loosely(source))],
    ['pipeline', (source) => pipeline(Readable.from(['a', 'b']), loosely(source), () => undefined)],
  ])('a stream gets into it by %s', async (_, use) => {
    const { client } = await serve(use);
    expect(await client.rest()).toEqual(['a', 'b']);
  });

  test('what is piped into it waits for a slow reader', async () => {
    const messages = Array.from({ length: 50 }, (_, index) => String(index).repeat(30_000));
    const { client } = await serve((source) => Readable.from(messages).pipe(loosely(source)));
    expect(await client.rest()).toEqual(messages);
  });

  test.each<[string, (source: EventSource, told: (error?: unknown) => void) => unknown]>([
    ['pipeline', (source, told) => pipeline(Readable.from(['a']), loosely(source), told)],
    ['finished', (source, told) => [finished(loosely(source), told), source.end('a')]],
  ])('%s says that all went well', async (_, use) => {
    const told = new Promise((resolve) => void serve((source) => use(source, resolve)));
    expect(await told).toBeUndefined();
  });

  test('it is an emitter', async () => {
    const { source } = await serve();
    const log: unknown[] = [];
    const listener = (...args: unknown[]): unknown => log.push(args);
    source.on('custom', listener);
    source.on('close', listener);
    source.once('drain', listener);
    log.push(source.emit('custom', 1, 2), source.emit('nobody'), source.eventNames());
    log.push(source.listenerCount('close'), source.listeners('drain').length);
    source.addEventListener('close', listener);
    source.removeListener('custom', listener);
    source.removeAllListeners('close');
    source.off('drain', listener);
    log.push(source.emit('custom'), source.eventNames());
    expect(log).toEqual([[1, 2], true, false, ['custom', 'close', 'drain'], 1, 1, false, []]);
  });

  test("the calls of faye's server", async () => {
    const log: string[] = [];
    let es: EventSource | null = null;
    const server = createServer((request, response: ServerResponse) => {
      response.on('error', () => log.push('error'));
      es = new WebSocket.EventSource(request, response, { ping: undefined });
      const clientId = es.url.split('/').pop();
      log.push(String(clientId));
      es.onclose = () => {
        log.push('close');
        es = null;
        server.emit('closed');
      };
    });
    const client = await connect(await listen(server), { path: '/bayeux/abc' });
    es!.send(JSON.stringify([{ channel: '/x' }]));
    expect(await client.data(1)).toEqual(['[{"channel":"/x"}]']);
    const closing = once(server, 'closed');
    es!.close();
    await closing;
    expect(log).toEqual(['abc', 'close']);
  });
});

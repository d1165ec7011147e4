/** What the server does with a source, and what a client gets. */
import { once } from 'node:events';
import { inspect } from 'node:util';
import { answerOf, closed, connect, logOf, streaming } from '../test/streaming';
import type { EventSource } from '.';

test('a client gets the head, and events as they are sent', async () => {
  const { port, sources } = await streaming((source) => source.send('one'));
  const client = await connect(port, { path: '/some/path?x=1' });
  expect(client.response.statusCode).toBe(200);
  expect(client.response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-store',
    'x-accel-buffering': 'no',
    'transfer-encoding': 'chunked',
  });
  expect(await client.data(1)).toEqual(['one']);
  const [source] = sources;
  expect(source.send('two', { event: 'other', id: 7 })).toBe(true);
  await client.data(2);
  expect(client.parser.events[1]).toEqual({ type: 'other', data: 'two', lastEventId: '7' });
  expect(client.parser.retry).toBe(5000);
  expect(source.url).toBe(`http://localhost:${port}/some/path?x=1`);
  source.close();
  expect(await client.rest()).toEqual(['one', 'two']);
});

test('open follows after the current tick, and close is the last event', async () => {
  const logs: string[][] = [];
  const { port, sources } = await streaming((source) => {
    logs.push(logOf(source));
    expect([source.readyState, source.writable]).toEqual([0, true]);
  });
  const client = await connect(port);
  const [source] = sources;
  expect([source.readyState, source.writable]).toEqual([1, true]);
  expect(source.close()).toBe(true);
  expect([source.readyState, source.writable]).toEqual([3, false]);
  expect(source.close()).toBe(false);
  expect([source.send('late'), source.write('late'), source.ping()]).toEqual([false, false, false]);
  expect(await client.rest()).toEqual([]);
  expect(logs).toEqual([['open 1', 'close 3']]);
});

test.each<[string, (source: EventSource) => void, string[]]>([
  ['end', (source) => source.end(), []],
  ['end with a message', (source) => source.end('last'), ['last']],
  ['send and close', (source) => [source.send('a'), source.send('b'), source.close()], ['a', 'b']],
])(
  '%s, in the tick of the construction: it is sent, and there is no open',
  async (_, use, data) => {
    let log: string[] = [];
    const { port } = await streaming((source) => {
      log = logOf(source);
      use(source);
    });
    expect(await (await connect(port)).rest()).toEqual(data);
    expect(log).toEqual(['close 3']);
  },
);

test.each<[string, unknown, string]>([
  ['LF', 'a\nb', 'a\nb'],
  ['CR', 'a\rb', 'a\nb'],
  ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
  ['nothing', '', ''],
  ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['a field', 'id: 1', 'id: 1'],
  ['a number', 5, '5'],
  ['null', null, 'null'],
  ['undefined', undefined, 'undefined'],
  ['an array', [1, [2]], '1,2'],
  ['a URL', new URL('http://x/'), 'http://x/'],
  ['a Buffer', Buffer.from('ä'), 'ä'],
  ['bytes', new TextEncoder().encode('ä'), 'ä'],
])('a message of %s', async (_, message, expected) => {
  const { port } = await streaming((source) => source.send(message as string));
  expect(await (await connect(port)).data(1)).toEqual([expected]);
});

test.each<[string, unknown]>([
  ['an object', {}],
  ['an object without a prototype', Object.create(null)],
  ['a function', () => 'x'],
  ['a symbol', Symbol('x')],
  ['an ArrayBuffer', new ArrayBuffer(3)],
])('%s is refused', async (_, message) => {
  const { port, sources } = await streaming();
  await answerOf(port);
  expect(() => sources[0].send(message as string)).toThrow(TypeError);
  expect(() => sources[0].send(message as string)).toThrow(/^cannot send .*: pass a string$/);
});

test.each<[object, string]>([
  [{ event: 'a\nb' }, 'option event: "a\\nb" has CR, LF or NUL in it'],
  [{ event: 'a\rb' }, 'option event: "a\\rb" has CR, LF or NUL in it'],
  [{ id: '\0' }, 'option id: "\\u0000" has CR, LF or NUL in it'],
  [{ id: '1\n' }, 'option id: "1\\n" has CR, LF or NUL in it'],
  [{ id: {} }, 'option id: [object Object] is not a string'],
  [{ event: true }, 'option event: true is not a string'],
  [{ evnt: 'a' }, 'option evnt is not known; did you mean event?'],
])('of one event, %p is refused', async (options, message) => {
  const { port, sources } = await streaming();
  await answerOf(port);
  expect(() => sources[0].send('x', options)).toThrow(new TypeError(message));
});

test("null for an event's options is nothing, and '' takes the id back", async () => {
  const { port } = await streaming((source) => {
    source.send('a', { id: 0 });
    source.send('b', null);
    source.send('c', { event: null, id: null });
    source.send('d', { event: '', id: '' });
  });
  const client = await connect(port);
  await client.data(4);
  expect(client.parser.events.map(({ type, lastEventId }) => [type, lastEventId])).toEqual([
    ['message', '0'],
    ['message', '0'],
    ['message', '0'],
    ['message', ''],
  ]);
});

test('ids have any characters, and come back', async () => {
  const id = 'ä € 😀, "x"';
  const { port, sources } = await streaming((source) => source.send('x', { id }));
  const client = await connect(port);
  await client.data(1);
  const sent = Buffer.from(client.parser.lastEventId).toString('latin1');
  await connect(port, { headers: { 'Last-Event-ID': sent } });
  expect(sources.map(({ lastEventId }) => lastEventId)).toEqual(['', id]);
});

test('a client that leaves is told by close, and nothing is thrown', async () => {
  const { port, sources } = await streaming();
  const client = await connect(port);
  const log = logOf(sources[0]);
  client.leave();
  await closed(sources[0]);
  expect(log).toEqual(['close 3']);
  expect(sources[0].send('x'.repeat(100_000))).toBe(false);
});

test('it shows what it is', async () => {
  const { port, sources } = await streaming();
  await connect(port);
  expect(inspect(sources[0])).toContain("EventSource {\n  url: 'http://localhost");
  expect(JSON.parse(JSON.stringify(sources[0]))).toMatchObject({ readyState: 1, lastEventId: '' });
  expect(Object.prototype.toString.call(sources[0])).toBe('[object EventSource]');
  expect(sources[0]).toBeInstanceOf(EventTarget);
});

test('listeners of every kind get an event', async () => {
  const { port, sources } = await streaming();
  await connect(port);
  const [source] = sources;
  const seen: unknown[] = [];
  source.onclose = (event) => seen.push(event.type, event.target === source);
  source.addEventListener('close', { handleEvent: (event) => seen.push(event.currentTarget) });
  const waited = once(source, 'close');
  source.close();
  expect(seen).toEqual(['close', true, source]);
  expect(await waited).toHaveLength(1);
});

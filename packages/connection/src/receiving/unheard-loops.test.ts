/** Ways to listen that listen now and then only: they lose nothing. */
import { once } from 'node:events';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';
import type { CloseEvent, MessageEvent } from '../api/events';
import { turn } from '../../test/turns';

const COUNT = 1500;
const NUMBERS = Array.from({ length: COUNT }, (_, index) => `${index}`);

beforeEach(fakeDeadlines);
afterEach(() => jest.useRealTimers());

test.each([
  ['at once', () => Promise.resolve()],
  ['after a turn of the event loop', turn],
])('a loop of `await once(ws, "message")` that goes on %s', async (_, work) => {
  const { client, server } = new Joined().open();
  for (const text of NUMBERS) client.send(text);
  client.close(1000, 'all');
  const closed = once(server, 'close') as Promise<[CloseEvent]>;
  const heard: unknown[] = [];
  while (heard.length < COUNT) {
    const [{ data }] = (await once(server, 'message')) as [MessageEvent];
    heard.push(data);
    await work();
  }
  expect(heard).toEqual(NUMBERS);
  const [{ code, reason }] = await closed;
  expect([code, reason, server.unheardMessages]).toEqual([1000, 'all', 0]);
});

test('a loop that takes almost all the time there is for every message', async () => {
  const { client, server } = new Joined('hybi-13', { unheardTimeout: 1000 }).open();
  for (const text of NUMBERS.slice(0, 10)) client.send(text);
  const heard: unknown[] = [];
  while (heard.length < 10) {
    const [{ data }] = (await once(server, 'message')) as [MessageEvent];
    heard.push(data);
    await pass(900);
  }
  expect(heard).toEqual(NUMBERS.slice(0, 10));
});

test('a listener that is added after an await', async () => {
  const { client, server } = new Joined().open();
  for (const text of NUMBERS) client.send(text);
  client.close(1000);
  await settled();
  await pass(1000);
  const events = record(server);
  while (events.length < COUNT + 1) await turn();
  expect(events.slice(0, COUNT)).toEqual(NUMBERS.map((text) => ['message', text]));
  expect(events.at(-1)).toEqual(['close', 1000, '', true]);
});

describe('what the application holds back on purpose has no such limit:', () => {
  const OPTIONS = { unheardTimeout: 1000, closeTimeout: 1e6 };

  test.each([
    ['before anything comes', (pair: Joined) => pair.server.pause(), () => undefined],
    ['while something waits', () => undefined, (pair: Joined) => pair.server.pause()],
  ])('pause() %s', async (_, before, after) => {
    const pair = new Joined('hybi-13', OPTIONS).open();
    before(pair);
    for (const text of ['one', 'two']) pair.client.send(text);
    await settled();
    after(pair);
    await pass(20_000);
    expect(pair.server.unheardMessages).toBe(0);
    const events = record(pair.server);
    pair.server.resume();
    await settled();
    expect(events).toEqual([
      ['message', 'one'],
      ['message', 'two'],
    ]);
  });

  test('resume() without a listener begins their time', async () => {
    const { client, server } = new Joined('hybi-13', OPTIONS).open();
    server.pause();
    client.send('one');
    await pass(5000);
    server.resume();
    await pass(900);
    expect(server.unheardMessages).toBe(0);
    await pass(200);
    expect(server.unheardMessages).toBe(1);
  });

  test('an iterator that is not asked', async () => {
    const { client, server } = new Joined('hybi-13', OPTIONS).open();
    const messages = server[Symbol.asyncIterator]();
    client.send('one');
    client.send('two');
    await pass(20_000);
    expect(await messages.next()).toEqual({ done: false, value: 'one' });
    await pass(20_000);
    expect(await messages.next()).toEqual({ done: false, value: 'two' });
    expect(server.unheardMessages).toBe(0);
  });

  test('a stream that is not read', async () => {
    const { client, server } = new Joined('hybi-13', OPTIONS).open();
    const stream = server.stream();
    client.send('one');
    await pass(20_000);
    expect(String(stream.read())).toBe('one');
    expect(server.unheardMessages).toBe(0);
    stream.destroy();
  });
});

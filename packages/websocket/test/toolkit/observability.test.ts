/** What monitoring learns of a WebSocketServer and its clients: channels, tracing with async contexts, and counters. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Client } from '@ws/client';
import { refuse, RefusedError } from '@ws/server';
import type { ServerChannels, WebSocketServerOptions } from '@ws/server';
import type { ClientChannels } from '@ws/client';
import type { ConnectionChannels } from '@ws/connection';
import { endingOf, messageOf, nextEvent } from '../support/observed';
import { releaseLater } from '../support/release';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

type Channels = ConnectionChannels & ServerChannels & ClientChannels;

function published<Name extends keyof Channels>(name: Name): Channels[Name][] {
  const messages: Channels[Name][] = [];
  const listener = (message: unknown): void => void messages.push(message as Channels[Name]);
  subscribe(name, listener);
  releaseLater(() => void unsubscribe(name, listener));
  return messages;
}

/** The events of a tracing channel, by their names, as they come. */
function traced(
  name: 'websocket:upgrade' | 'websocket:connect',
): [event: string, message: object][] {
  const events: [string, object][] = [];
  const note = (event: string) => (message: object) => {
    events.push([event, message]);
  };
  const subscribers = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  };
  const tracing = tracingChannel(name);
  tracing.subscribe(subscribers);
  releaseLater(() => {
    tracing.unsubscribe(subscribers);
  });
  return events;
}

const names = (events: readonly [event: string, ...unknown[]][]): string[] =>
  events.map(([event]) => event);

const ASYNC = ['start', 'end', 'asyncStart', 'asyncEnd'];
const FAILED = ['start', 'end', 'error', 'asyncStart', 'asyncEnd'];

describe('tracing:websocket:upgrade', () => {
  type Hook = WebSocketServerOptions<unknown, string>['upgrade'];

  test.each<[string, Hook, string[], object]>([
    ['accepts', async () => Promise.resolve({ data: 5 }), ASYNC, { result: { data: 5 } }],
    ['accepts at once', () => ({ data: 5 }), ASYNC, { result: { data: 5 } }],
    ['returns a refusal', () => refuse(401), ASYNC, { result: expect.any(RefusedError) as object }],
    [
      'throws a refusal',
      () => {
        throw refuse(401);
      },
      ASYNC,
      { result: expect.any(RefusedError) as object },
    ],
    ['fails', () => Promise.reject(new Error('no')), FAILED, { error: new Error('no') }],
    ['is of no use', () => 5 as never, FAILED, { error: expect.any(TypeError) as object }],
  ])('a hook that %s', async (_, upgrade, events, outcome) => {
    const trace = traced('websocket:upgrade');
    const { chat, url } = await serve({ path: '/chat/:room', upgrade });
    chat.on('error', () => undefined);
    const client = dial(`${url}/chat/secret`);
    await Promise.race([nextEvent(client, 'open'), nextEvent(client, 'close')]);
    expect(names(trace)).toEqual(events);
    const [message] = new Set(trace.map(([, each]) => each));
    expect(message).toMatchObject({ route: '/chat/:room', ...outcome });
    expect(message).toMatchObject({ context: { params: { room: 'secret' } } });
  });

  test('carries a store into the hook, and into no other', async () => {
    const spans = new AsyncLocalStorage<string>();
    releaseLater(() => spans.disable());
    const { start } = tracingChannel<unknown, Channels['tracing:websocket:upgrade:start']>(
      'websocket:upgrade',
    );
    start.bindStore(spans, (message) => {
      const { context } = message;
      return context.url.pathname;
    });
    releaseLater(() => void start.unbindStore(spans));
    const seen: [path: string, before: string | undefined, after: string | undefined][] = [];
    const { url } = await serve({
      async upgrade({ url: { pathname } }) {
        const before = spans.getStore();
        await new Promise(setImmediate);
        seen.push([pathname, before, spans.getStore()]);
      },
    });
    await Promise.all(['/a', '/b'].map((path) => nextEvent(dial(url + path), 'open')));
    expect(seen.sort()).toEqual([
      ['/a', '/a', '/a'],
      ['/b', '/b', '/b'],
    ]);
    expect(spans.getStore()).toBeUndefined();
  });
});

describe('tracing:websocket:connect', () => {
  test('a client that is accepted', async () => {
    const trace = traced('websocket:connect');
    const opened = published('websocket:open');
    const { url } = await serve();
    const client = dial(url);
    expect(names(trace)).toEqual(['start', 'end']);
    await nextEvent(client, 'open');
    expect(names(trace)).toEqual(ASYNC);
    expect(new Set(trace.map(([, message]) => message))).toEqual(new Set([{ websocket: client }]));
    expect(opened).toContainEqual({ websocket: client, role: 'client', route: null });
  });

  test.each<[string, (client: ReturnType<typeof dial>) => void, object]>([
    ['is refused', () => undefined, { statusCode: 401 }],
    ['is given up', (client) => client.close(), { code: 'WS_ERR_CLOSED_EARLY' }],
  ])('a client that %s', async (_, meanwhile, error) => {
    const trace = traced('websocket:connect');
    const { url } = await serve({ upgrade: () => refuse(401) });
    const client = dial(url);
    meanwhile(client);
    await nextEvent(client, 'close');
    await new Promise(setImmediate);
    expect(names(trace)).toEqual(FAILED);
    expect(trace.at(-1)![1]).toMatchObject({ websocket: client, error });
  });

  test('carries a store into the dialling, and no further', async () => {
    const spans = new AsyncLocalStorage<string>();
    releaseLater(() => spans.disable());
    const { start } = tracingChannel('websocket:connect');
    start.bindStore(spans, () => 'connect');
    releaseLater(() => void start.unbindStore(spans));
    const { url, port } = await serve();
    const seen: (string | undefined)[] = [];
    const note = (): void => void seen.push(spans.getStore());
    const createConnection = (): Socket => {
      note();
      return connect(port, '127.0.0.1');
    };
    const client = new Client(url, [], { createConnection });
    releaseLater(() => client.terminate());
    client.on('open', note);
    note();
    await nextEvent(client, 'open');
    expect(seen.sort()).toEqual(['connect', undefined, undefined]);
  });
});

test('connections of a server have its route', async () => {
  const opened = published('websocket:open');
  const closed = published('websocket:close');
  const { chat, url } = await serve({ path: ['/chat/:room', '/news'] });
  const connection = connectionOf(chat);
  const client = dial(`${url}/chat/blue`);
  const ws = await connection;
  ws.send('hello');
  await messageOf(client);
  client.close();
  await endingOf(ws);
  const said = { websocket: ws, role: 'server', route: '/chat/:room' };
  expect(opened).toContainEqual(said);
  expect(closed).toContainEqual(
    expect.objectContaining({
      ...said,
      traffic: expect.objectContaining({ messagesSent: 1, bytesSent: 5 }) as object,
    }),
  );
});

test.each<[string, WebSocketServerOptions<unknown, string>, string, object]>([
  ['the hook', { upgrade: () => refuse(403) }, '/a', { status: 403, reason: 'hook', route: '*' }],
  [
    'a limit',
    { path: '/:x', requireOrigin: true },
    '/a',
    { status: 403, reason: 'origin', route: '/:x' },
  ],
])('a refusal by %s is published', async (_, options, path, expected) => {
  const refused = published('websocket:refused');
  const { url } = await serve(options);
  await statusOf(url + path);
  expect(refused).toMatchObject([{ ...expected, context: { url: { pathname: path } } }]);
});

describe('stats()', () => {
  const NOTHING = {
    messagesReceived: 0,
    bytesReceived: 0,
    messagesSent: 0,
    bytesSent: 0,
    messagesDropped: 0,
  };

  test('of a server that nobody has asked yet', async () => {
    const { chat } = await serve();
    const none = { connections: 0, pending: 0, opened: 0, closed: 0, refused: {} };
    expect(chat.stats()).toEqual({ ...none, ...NOTHING });
  });

  test('count connections, and what passes on all of them', async () => {
    const { chat, url } = await serve({ path: ['/a', '/b'] });
    chat.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));
    const clients = ['/a', '/b'].map((path) => dial(url + path));
    for (const client of clients) client.send('€');
    await Promise.all(clients.map(messageOf));
    chat.broadcast(Buffer.alloc(10));
    await Promise.all(clients.map(messageOf));
    expect(chat.stats()).toMatchObject({
      connections: 2,
      opened: 2,
      closed: 0,
      messagesReceived: 2,
      bytesReceived: 6,
      messagesSent: 4,
      bytesSent: 26,
    });
    const [ws] = chat.clients;
    clients[0].close();
    clients[1].close();
    await Promise.all([...chat.clients].map((each) => endingOf(each)));
    expect(ws.readyState).toBe(ws.CLOSED);
    expect(chat.stats()).toMatchObject({ connections: 0, closed: 2, messagesSent: 4 });
  });

  test('are the same while somebody has subscribed', async () => {
    published('websocket:close');
    const { chat, url } = await serve();
    const connection = connectionOf(chat);
    dial(url).send('hello');
    await messageOf(await connection);
    expect(chat.stats()).toMatchObject({ messagesReceived: 1, bytesReceived: 5 });
  });

  test('count clients that wait, and those that were refused, by the reason', async () => {
    let decide = (): void => undefined;
    const asked = new Promise<void>((resolve) => (decide = resolve));
    const { chat, url } = await serve({
      path: '/a',
      maxPending: 1,
      upgrade: () => new Promise<undefined>(() => decide()),
    });
    dial(`${url}/a`);
    await asked;
    await statusOf(`${url}/a`);
    await statusOf(`${url}/a`);
    expect(chat.stats()).toMatchObject({ pending: 1, opened: 0, refused: { pending: 2 } });
  });

  test('count what a slow reader was not sent', async () => {
    const { chat, url } = await serve({ slowReader: 'drop', maxBufferedAmount: 10 });
    const connection = connectionOf(chat);
    dial(url);
    const ws = await connection;
    ws.send('0123456789');
    ws.send('x');
    expect(chat.stats()).toMatchObject({ messagesSent: 1, messagesDropped: 1 });
    await once(ws, 'drain');
  });
});

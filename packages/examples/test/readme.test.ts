/** The code in the READMEs is the code of the examples, and it does what it says. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import WebSocket from '@ws/websocket';
import { startClient } from '../src/readme/client';
import { startReportServer } from '../src/readme/compression';
import { startEchoServer } from '../src/readme/echo-server';
import { startPatientServer } from '../src/readme/endings';
import { startRowServer } from '../src/readme/flow-control';
import { startStoryServer } from '../src/readme/in-parts';
import { startHashServer } from '../src/readme/long-messages';
import { startGreetingServer } from '../src/readme/one-by-one';
import { visit } from '../src/readme/promises';
import { startRetrying } from '../src/readme/retrying';
import { startRoomServer } from '../src/readme/rooms';
import { startChatServer } from '../src/readme/subprotocols';
import { startRelayServer } from '../src/readme/text-as-bytes';
import { askByStream } from '../src/readme/websocket-stream';
import { hangUp, next, shutDown, webSocketUrlOf } from './endings';
import { readmeCodeOf } from './readme-code';

const ROOT = join(__dirname, '..', '..', '..');
const FIRST_STEPS = ['echo-server', 'client', 'subprotocols'];
const SERVER = 'rooms';
const EXAMPLES: Record<string, string[]> = {
  'README.md': ['echo-server', 'client'],
  'packages/websocket/README.md': [
    ...FIRST_STEPS,
    SERVER,
    'other-requests',
    'retrying',
    'flow-control',
    'one-by-one',
    'in-parts',
    'websocket-stream',
    'long-messages',
    'compression',
    'endings',
    'text-as-bytes',
    'promises',
    'gateway',
    'gateway-by-hand',
  ],
};

const cells = Object.entries(EXAMPLES).flatMap(([readme, examples]) =>
  examples.map((example) => ({ readme, example })),
);

test.each(cells)('$readme shows the example $example', ({ readme, example }) => {
  const code = readmeCodeOf(`readme/${example}`);
  expect(code).toMatch(/^import /);
  expect(readFileSync(join(ROOT, readme), 'utf8')).toContain('```ts\n' + code + '```\n');
});

describe('the examples', () => {
  let server: Server;
  let log: jest.SpyInstance;

  beforeEach(() => {
    log = jest.spyOn(console, 'log').mockImplementation(() => {});
  });

  afterEach(async () => {
    await shutDown(server);
    jest.restoreAllMocks();
  });

  test.each([
    ['the echo server', startEchoServer],
    ['the relay', startRelayServer],
  ])('%s sends back text as text and bytes as bytes', async (_, start) => {
    server = start(0);
    const ws = new WebSocket(await webSocketUrlOf(server));
    for (const data of ['héllo', '', Buffer.from([0, 127, 255])]) {
      ws.send(data);
      expect((await next(ws, 'message')).data).toEqual(data);
    }
    await hangUp(ws);
  });

  test('the client is echoed, and closes', async () => {
    server = startEchoServer(0);
    const ws = startClient(await webSocketUrlOf(server));
    const { wasClean } = await next(ws, 'close');
    expect(wasClean).toBe(true);
    expect(log.mock.calls).toContainEqual(['received', 'hello']);
    expect(log.mock.calls).toContainEqual(['closed', 1000, 'thank you']);
  });

  test('the client says why it could not connect', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    server = startEchoServer(0);
    const url = await webSocketUrlOf(server);
    await shutDown(server);
    const ws = startClient(url);
    expect((await next(ws, 'close')).code).toBe(1006);
    expect(error).toHaveBeenCalledTimes(1);
    server = startEchoServer(0);
    await webSocketUrlOf(server);
  });

  test('the visitor waits for the opening and the end, or hears why there is none', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation(() => {});
    server = startEchoServer(0);
    const url = await webSocketUrlOf(server);
    await visit(url);
    expect(log.mock.calls).toContainEqual(['closed', 1000, true, null]);
    await shutDown(server);
    await visit(url);
    const refused = expect.objectContaining({ code: 'ECONNREFUSED' }) as Error;
    expect(error.mock.calls).toEqual([['could not connect:', refused]]);
    expect(log.mock.calls).toContainEqual(['closed', 1006, false, refused]);
    server = startEchoServer(0);
    await webSocketUrlOf(server);
  });

  test.each([
    [['chat.v2', 'chat.v1'], 'chat.v2'],
    [['chat.v9', 'chat.v1'], 'chat.v1'],
    [[], 'no subprotocol'],
  ])('of the subprotocols %j, the chat server speaks %s', async (offered, expected) => {
    server = startChatServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server), offered);
    expect((await next(ws, 'message')).data).toBe(`speaking ${expected}`);
    await hangUp(ws);
  });

  describe('the rooms', () => {
    let stop: () => void;

    beforeEach(() => {
      jest.spyOn(process, 'once').mockImplementation((event, listener) => {
        expect(event).toBe('SIGTERM');
        stop = listener as () => void;
        return process;
      });
      server = startRoomServer(0);
    });

    async function enter(room: string, sid: string, origin?: string): Promise<WebSocket> {
      const headers = { Cookie: `sid=${sid}`, ...(origin && { Origin: origin }) };
      const url = `${await webSocketUrlOf(server)}chat/${room}`;
      return new WebSocket(url, ['chat.v1', 'chat.v2'], { headers });
    }

    test('have what is said sent to the others, until the server stops', async () => {
      const [ada, bob] = [
        await enter('tea', 'sid-of-ada', 'https://app.example'),
        await enter('tea', 'sid-of-bob'),
      ];
      await Promise.all([next(ada, 'open'), next(bob, 'open')]);
      expect(ada.protocol).toBe('chat.v1');
      ada.send('hello');
      expect((await next(bob, 'message')).data).toBe('hello');
      const ends = [ada, bob].map((ws) => next(ws, 'close'));
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      stop();
      await jest.advanceTimersByTimeAsync(20_000);
      jest.useRealTimers();
      const codes = (await Promise.all(ends)).map(({ code, reason }) => [code, reason]);
      expect(codes).toEqual(Array(2).fill([1012, 'restart']));
      server = startRoomServer(0);
      await webSocketUrlOf(server);
    });

    test.each([
      ['nobody knows', 'sid-of-eve', undefined, 401],
      ['is on a foreign page', 'sid-of-ada', 'https://other.example', 403],
    ])('are closed to who %s', async (_, sid, origin, status) => {
      const ws = await enter('tea', sid, origin);
      await next(ws, 'close');
      expect(ws.statusCode).toBe(status);
    });
  });

  test('the rows all come, in order, however slowly they are read', async () => {
    server = startRowServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server));
    let rows = 0;
    ws.on('message', ({ data }) => {
      rows += 1;
      if (data !== `this is row ${rows}`) throw new Error(`row ${rows} is ${data as string}`);
      if (rows % 10_000 !== 0) return;
      ws.pause();
      setImmediate(() => ws.resume());
    });
    const { code, reason, wasClean } = await next(ws, 'close');
    expect({ code, reason, wasClean }).toEqual({
      code: 1000,
      reason: 'that was all',
      wasClean: true,
    });
    expect(rows).toBe(100_000);
  });

  test('a message of any length is hashed as it comes', async () => {
    server = startHashServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server));
    for (const data of ['text', Buffer.alloc(2 ** 20)]) {
      ws.send(data);
      const type = typeof data === 'string' ? 'text' : 'binary';
      const digest = createHash('sha256').update(data).digest('hex');
      expect((await next(ws, 'message')).data).toBe(`${type}: ${digest}`);
    }
    await hangUp(ws);
  });

  test('messages that come together are awaited one by one', async () => {
    server = startGreetingServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server));
    ws.send('Ada');
    ws.send('London');
    expect((await next(ws, 'message')).data).toBe('hello Ada of London');
    await hangUp(ws);
  });

  test('a WebSocketStream asks and is answered', async () => {
    server = startEchoServer(0);
    await askByStream(await webSocketUrlOf(server));
    expect(log.mock.calls).toContainEqual(['hello']);
  });

  test('a story that is sent in parts is one message', async () => {
    server = startStoryServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server));
    ws.send('tell');
    expect((await next(ws, 'message')).data).toBe('Once upon a time');
    await hangUp(ws);
  });

  test('the retrying client comes again ten seconds after a 503', async () => {
    const statuses = [503, 403];
    const told: number[] = [];
    const answered = new Promise<void>((resolve) => {
      server = createServer((_, response) => {
        told.push(statuses.shift()!);
        response.writeHead(told.at(-1)!).end();
        if (statuses.length === 0) resolve();
      }).listen(0);
    });
    const url = await webSocketUrlOf(server);
    const { setTimeout } = globalThis;
    jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation((action: () => void, delay?: number, ...args: []) =>
        setTimeout(action, delay === 10_000 ? 0 : delay, ...args),
      );
    startRetrying(url);
    await answered;
    expect(told).toEqual([503, 403]);
  });

  test.each([
    [true, 'permessage-deflate; server_no_context_takeover; client_no_context_takeover'],
    [false, ''],
  ])('the report server compresses for a client with deflate: %p', async (deflate, expected) => {
    server = startReportServer(0);
    const ws = new WebSocket(await webSocketUrlOf(server), [], { deflate });
    const { extensions, rows } = JSON.parse((await next(ws, 'message')).data as string) as {
      extensions: string;
      rows: string[];
    };
    expect([extensions, ws.extensions, rows.length]).toEqual([expected, expected, 1000]);
    expect((await next(ws, 'message')).data).toHaveLength(2000);
    await hangUp(ws);
  });

  test('the patient server tells how a connection ended', async () => {
    server = startPatientServer(0);
    const url = await webSocketUrlOf(server);
    const logged = (): Promise<unknown[]> =>
      new Promise((resolve) => log.mockImplementationOnce((...line) => resolve(line)));
    for (const end of ['close', 'terminate'] as const) {
      const ws = new WebSocket(url);
      ws.send('hello');
      await next(ws, 'message');
      const line = logged();
      ws[end]();
      expect(await line).toEqual(
        end === 'close'
          ? [1005, 'remote', 'all is well']
          : [1006, 'network', 'the peer ended the connection without a closing frame'],
      );
    }
  });
});

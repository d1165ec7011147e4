/** What is sent and received with `ws`, and what here, as MIGRATING.md says. */
import type { WebSocket as Connection } from '@ws/connection';
import WebSocket from '../src';
import { outcomeOf } from './support/faye-differences';
import { frame, PING, PONG, TEXT } from './support/frames';
import { argumentsOf, ClientOfWs, dial, pair, rawPair } from './support/ws-pairs';
import { connectionTo, serveHere, testRows, withOurs, withWs } from './support/ws-rows';
import type { AnyServing } from './support/ws-rows';

/** The opcode and the payload of what a server sends. */
async function frameOf(serving: AnyServing, send: (server: Connection) => void): Promise<unknown> {
  const { raw, server } = await rawPair(serving);
  send(server);
  const { opcode, payload } = await raw.readFrame();
  return [opcode, payload.toString('latin1')];
}

const sent =
  (...args: unknown[]) =>
  (serving: AnyServing) =>
    frameOf(serving, (server) => void (server.send as (...given: unknown[]) => unknown)(...args));

/** Whether a ping's callback was called before the answer, and behind it. */
async function pinged(serving: AnyServing): Promise<boolean[]> {
  const { raw, server } = await rawPair(serving);
  let called = false;
  const answered = argumentsOf(server, 'pong');
  (server.ping as (...args: unknown[]) => unknown)(
    'x',
    ...(server instanceof WebSocket ? [] : [false]),
    () => (called = true),
  );
  await raw.readFrame();
  await new Promise(setImmediate);
  const before = called;
  raw.write(frame(PONG, 'x'));
  await answered;
  return [before, called];
}

async function pingArgument(serving: AnyServing): Promise<unknown> {
  const { raw, server } = await rawPair(serving);
  const received = argumentsOf(server, 'ping');
  raw.write(frame(PING, 'x'));
  const [argument] = await received;
  return Buffer.isBuffer(argument) ? String(argument) : String((argument as { data: Buffer }).data);
}

/** A program's own heartbeat, one beat after the other; what becomes of a peer that answers, and of one that does not. */
async function heartbeat(serving: AnyServing): Promise<unknown> {
  const { raw, server } = await rawPair(serving);
  const ws = server as Connection & { isAlive?: boolean };
  ws.on('pong', function (this: unknown) {
    (this as typeof ws).isAlive = true;
  });
  const beat = (): void => {
    if (ws.isAlive === false) return ws.terminate();
    ws.isAlive = false;
    ws.ping();
  };
  beat();
  await raw.readFrame();
  const answered = argumentsOf(server, 'pong');
  raw.write(frame(PONG));
  await answered;
  const closed = argumentsOf(server, 'close');
  beat();
  beat();
  await closed;
  return ws.readyState;
}

async function lateListener(serving: AnyServing): Promise<unknown> {
  const { raw, server } = await rawPair(serving);
  const ping = argumentsOf(server, 'ping');
  raw.write(Buffer.concat([frame(TEXT, 'early'), frame(PING)]));
  await ping;
  const message = argumentsOf(server, 'message');
  raw.write(frame(TEXT, 'late'));
  const [argument] = await message;
  return Buffer.isBuffer(argument) ? String(argument) : (argument as { data: unknown }).data;
}

testRows([
  {
    what: '`ws.send(data, { binary, compress, fin, mask }, callback)`',
    ws: [withWs(sent('a', { binary: true, compress: false })), [2, 'a']],
    here: [
      async () => [
        await withOurs(sent('a', { compress: false }))(),
        await withOurs(sent(Buffer.from('a')))(),
        await withOurs(async (serving) => {
          const { server } = await rawPair(serving);
          return outcomeOf(() => server.send('a', { binary: true } as object));
        })(),
      ],
      [[1, 'a'], [2, 'a'], 'throws TypeError'],
    ],
  },
  {
    what: '`ws.send(42)`',
    ws: [withWs(sent(42)), [1, '42']],
    here: [withOurs(sent(42)), [1, '42']],
  },
  {
    what: '`ws.send(null)` is an empty binary message, `ws.send([1, 2])` two bytes',
    ws: [
      async () => [await withWs(sent(null))(), await withWs(sent([1, 2]))()],
      [
        [2, ''],
        [2, '\x01\x02'],
      ],
    ],
    here: [
      async () => [
        await withOurs(sent(null))(),
        await withOurs(sent([1, 2]))(),
        await withOurs(sent(''))(),
        await withOurs(sent(Uint8Array.of(1, 2)))(),
      ],
      [
        [1, 'null'],
        [1, '1,2'],
        [1, ''],
        [2, '\x01\x02'],
      ],
    ],
  },
  {
    what: '`ws.send()`, `ws.ping()` before `open` throw',
    ws: [
      withWs(({ url }) => {
        const client = dial(ClientOfWs, url);
        return [outcomeOf(() => client.send('x')), outcomeOf(() => client.ping())];
      }),
      ['throws Error', 'throws Error'],
    ],
    here: [
      withOurs(async ({ wss, url }) => {
        const connection = connectionTo(wss);
        const client = dial(WebSocket, url);
        const answered = argumentsOf(client, 'pong');
        client.send('x');
        client.ping();
        const [{ data }] = (await argumentsOf(await connection, 'message')) as [{ data: unknown }];
        await answered;
        return data;
      }),
      'x',
    ],
  },
  {
    what: 'nothing',
    ws: [withWs(async (serving) => (await rawPair(serving)).server.send('x')), undefined],
    here: [
      withOurs(async (serving) => {
        const { raw, server } = await rawPair(serving);
        raw.socket.pause();
        while (server.send(Buffer.alloc(1 << 16))) await new Promise(setImmediate);
        const drained = argumentsOf(server, 'drain');
        raw.socket.resume();
        await drained;
        return server.send('x');
      }),
      true,
    ],
  },
  {
    what: '`ws.ping(data, mask, callback)`: called when it was sent',
    ws: [withWs(pinged), [true, true]],
    here: [withOurs(pinged), [false, true]],
  },
  {
    what: "`ws.on('ping', (data) => …)`, `'pong'`",
    ws: [withWs(pingArgument), 'x'],
    here: [withOurs(pingArgument), 'x'],
  },
  {
    what: 'a heartbeat by `isAlive` and `setInterval`',
    ws: [withWs(heartbeat), 3],
    here: [
      async () => {
        const serving = await serveHere({ pingInterval: 20, pingTimeout: 20 });
        const { server } = await rawPair(serving);
        const { cause } = await server.closed;
        return [await withOurs(heartbeat)(), (cause as { code?: string } | null)?.code];
      },
      [3, 'WS_ERR_PING_TIMEOUT'],
    ],
  },
  {
    what: '`ws.close(code, reason)`, codes of RFC 6455 on both ends',
    ws: [
      withWs(async (serving) => {
        const { client, server } = await pair(ClientOfWs, serving);
        return [outcomeOf(() => client.close(1001)), outcomeOf(() => server.close(1001, 'x'))];
      }),
      [undefined, undefined],
    ],
    here: [
      withOurs(async (serving) => {
        const { client, server } = await pair(WebSocket, serving);
        return [
          outcomeOf(() => client.close(1001)),
          outcomeOf(() => server.close(1001, 'x')),
          outcomeOf(() => client.close(3000)),
        ];
      }),
      ['throws InvalidAccessError', undefined, undefined],
    ],
  },
  {
    what: 'a message before there is a listener is lost',
    ws: [withWs(lateListener), 'late'],
    here: [withOurs(lateListener), 'early'],
  },
]);

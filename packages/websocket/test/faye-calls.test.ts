/**
 * Calls of faye-websocket 0.11 with arguments of every kind: what the peer gets, and what the call answers,
 * with both modules. Where they differ, the row says how.
 */
import type { WebSocket } from '@ws/connection';
import type { NamedModule, WebSocketModule } from './support/faye-modules';
import { MODULES } from './support/faye-modules';
import { connect, connectRaw } from './support/faye-differences';
import { PING } from './support/frames';
import { nextEvent } from './support/observed';
import { releaseLater } from './support/release';
import { TestServer } from './support/test-server';

/** A WebSocket as programs without types call it. */
type Caller = Record<'send' | 'write' | 'end' | 'ping' | 'close', (...args: unknown[]) => unknown>;

interface Call {
  readonly call: string;
  readonly make: (ws: Caller) => unknown;
  /** What the peer gets: messages, pings, and at last the code and the reason of its close event. */
  readonly gets: readonly unknown[];
  /** What faye-websocket's peer gets, where it is something else. */
  readonly faye?: readonly unknown[];
}

const caller = (ws: WebSocket): Caller => ws as unknown as Caller;
const ENDS = ['client', 'server'] as const;
type End = (typeof ENDS)[number];

/** Every call by both ends, with what is expected of a module. */
function callsOf(name: NamedModule['name'], calls: readonly Call[]): (Call & { end: End })[] {
  const isFaye = name === 'faye-websocket';
  return ENDS.flatMap((end) =>
    calls.map((row) => ({ ...row, end, gets: (isFaye && row.faye) || row.gets })),
  );
}

const date = new Date(0);
const withToString = { toString: (): string => 'mine' };

// prettier-ignore
const SENT: Call[] = [
  { call: 'send(42)',                make: (ws) => ws.send(42),                     gets: ['42'] },
  { call: 'send(0)',                 make: (ws) => ws.send(0),                      gets: ['0'] },
  { call: 'send(true)',              make: (ws) => ws.send(true),                   gets: ['true'] },
  { call: 'send(42n)',               make: (ws) => ws.send(42n),                    gets: ['42'] },
  { call: 'send(null)',              make: (ws) => ws.send(null),                   gets: ['null'] },
  { call: 'send(undefined)',         make: (ws) => ws.send(undefined),              gets: ['undefined'] },
  { call: 'send([1, [2]])',          make: (ws) => ws.send([1, [2]]),               gets: ['1,2'] },
  { call: 'send(date)',              make: (ws) => ws.send(date),                   gets: [String(date)] },
  { call: 'send(url)',               make: (ws) => ws.send(new URL('http://a.b/')), gets: ['http://a.b/'] },
  { call: 'send(error)',             make: (ws) => ws.send(new Error('no')),        gets: ['Error: no'] },
  { call: 'send(Object("boxed"))',   make: (ws) => ws.send(Object('boxed')),        gets: ['boxed'] },
  { call: 'send({ toString })',      make: (ws) => ws.send(withToString),           gets: ['mine'] },
  { call: 'send("text", 0, [])',     make: (ws) => ws.send('text', 0, []),          gets: ['text'] },
  { call: 'write(42)',               make: (ws) => ws.write(42),                    gets: ['42'] },
  { call: 'write(null)',             make: (ws) => ws.write(null),                  gets: ['null'] },
];

// prettier-ignore
const ENDED: Call[] = [
  { call: 'end(42)',             make: (ws) => ws.end(42),                gets: ['42', 1005, ''],  faye: ['42', 1000, ''] },
  { call: 'end(null)',           make: (ws) => ws.end(null),              gets: ['null', 1005, ''], faye: ['null', 1000, ''] },
  { call: 'end(undefined)',      make: (ws) => ws.end(undefined),         gets: [1005, ''],        faye: [1000, ''] },
  { call: 'close(undefined)',    make: (ws) => ws.close(undefined),       gets: [1005, ''],        faye: [1000, ''] },
  { call: 'close(1000, 5)',      make: (ws) => ws.close(1000, 5),         gets: [1000, '5'] },
  { call: 'close(1000, undefined)', make: (ws) => ws.close(1000, undefined), gets: [1000, ''] },
  { call: 'close(undefined, "bye")', make: (ws) => ws.close(undefined, 'bye'), gets: [1000, 'bye'] },
  { call: 'close("3000")',       make: (ws) => ws.close('3000'),          gets: [3000, ''] },
  { call: 'close(3000.5)',       make: (ws) => ws.close(3000.5),          gets: [3000, ''] },
  { call: 'close(1000, null)',   make: (ws) => ws.close(1000, null),      gets: [1000, 'null'],    faye: [1000, ''] },
];

/** Pings, and the payloads that they are sent with. */
// prettier-ignore
const PINGED: [string, unknown[], string][] = [
  ['ping("text", callback)',    ['text'],           'text'],
  ['ping("", callback)',        [''],               ''],
  ['ping(bytes, callback)',     [Buffer.from('b')], 'b'],
  ['ping(5, callback)',         [5],                '5'],
  ['ping(null, callback)',      [null],             ''],
  ['ping(undefined, callback)', [undefined],        ''],
];

/** What calls answer before it is open, when it is, when it is closing, and when it is closed. */
// prettier-ignore
const ANSWERS: [string, Call['make'], unknown[]][] = [
  ['send("text")',     (ws) => ws.send('text'),         [true, true, false, false]],
  ['send(42)',         (ws) => ws.send(42),             [true, true, false, false]],
  ['write(null)',      (ws) => ws.write(null),          [true, true, false, false]],
  ['ping()',           (ws) => ws.ping(),               [true, true, false, false]],
  ['ping("text")',     (ws) => ws.ping('text'),         [true, true, false, false]],
  ['ping(5)',          (ws) => ws.ping(5),              [true, true, false, false]],
  ['ping(null, null)', (ws) => ws.ping(null, null),     [true, true, false, false]],
  ['end(42)',          (ws) => ws.end(42),              Array(4)],
  ['end(null)',        (ws) => ws.end(null),            Array(4)],
  ['close(1000, 5)',   (ws) => ws.close(1000, 5),       Array(4)],
  ['close("3000")',    (ws) => ws.close('3000'),        Array(4)],
  ['close(null)',      (ws) => errorOf(() => ws.close(null)), Array(4).fill('an error')],
];

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch {
    return 'an error';
  }
}

/** What a WebSocket gets until it has closed. */
function received(ws: WebSocket): Promise<unknown[]> {
  const got: unknown[] = [];
  ws.on('message', ({ data }) => got.push(data));
  return nextEvent(ws, 'close').then(({ code, reason }) => [...got, code, reason]);
}

interface Made {
  readonly answer: unknown;
  readonly ws: WebSocket;
  readonly got: Promise<unknown[]>;
}

async function whenOpen(module: WebSocketModule, end: End, make: Call['make']): Promise<Made> {
  const { client, server } = await connect(module);
  const [ws, peer] = end === 'client' ? [client, server] : [server, client];
  const got = received(peer);
  return { answer: make(caller(ws)), ws, got };
}

async function beforeOpen(module: WebSocketModule, end: End, make: Call['make']): Promise<Made> {
  const server = await TestServer.listen((...upgrade) => {
    const ws = new module(...upgrade);
    return { ws, answer: end === 'server' && make(caller(ws)), got: received(ws) };
  });
  const ws = new module.Client(server.url);
  const client = { ws, answer: end === 'client' && make(caller(ws)), got: received(ws) };
  const accepted = await server.next();
  await nextEvent(ws, 'open');
  const [maker, peer] = end === 'client' ? [client, accepted] : [accepted, client];
  return { answer: maker.answer, ws: maker.ws, got: peer.got };
}

async function earlyAnswer(
  module: WebSocketModule,
  end: End,
  make: Call['make'],
): Promise<unknown> {
  const server = await TestServer.listen((...upgrade) => {
    const ws = new module(...upgrade);
    return { answer: end === 'server' && make(caller(ws)) };
  });
  const client = new module.Client(server.url);
  releaseLater(() => client.close());
  return end === 'client' ? make(caller(client)) : (await server.next()).answer;
}

describe.each(MODULES)('$name', ({ name, WebSocket }) => {
  test.each(callsOf(name, SENT))('$end: $call', async ({ end, make, gets }) => {
    for (const when of [whenOpen, beforeOpen]) {
      const { answer, ws, got } = await when(WebSocket, end, make);
      ws.close(4000, 'last');
      expect([answer, await got]).toEqual([true, [...gets, 4000, 'last']]);
    }
  });

  test.each(callsOf(name, ENDED))('$end: $call', async ({ end, make, gets }) => {
    const { answer, got } = await whenOpen(WebSocket, end, make);
    expect([answer, await got]).toEqual([undefined, gets]);
  });

  test.each(ENDS.flatMap((end) => PINGED.map((row) => [end, ...row] as const)))(
    '%s: %s is answered',
    async (end, _, args) => {
      for (const when of [whenOpen, beforeOpen]) {
        let answered: () => void = () => undefined;
        const pong = new Promise<void>((resolve) => (answered = resolve));
        const make = (ws: Caller): unknown => ws.ping(...args, () => answered());
        const { answer, ws } = await when(WebSocket, end, make);
        expect(answer).toBe(true);
        await pong;
        ws.close();
      }
    },
  );

  test.each(PINGED)('%s: its payload', async (_, args, payload) => {
    const { client, server } = await connectRaw(WebSocket);
    caller(server).ping(...args);
    const frame = await client.readFrame();
    expect([frame.opcode, frame.payload.toString()]).toEqual([PING, payload]);
  });

  test.each(ENDS.flatMap((end) => ANSWERS.map((row) => [end, ...row] as const)))(
    '%s: what %s answers',
    async (end, _, make, answers) => {
      const early = await earlyAnswer(WebSocket, end, make);
      const { answer, ws } = await whenOpen(WebSocket, end, make);
      const closed = nextEvent(ws, 'close');
      ws.close(4000);
      const closing = make(caller(ws));
      await closed;
      expect([early, answer, closing, make(caller(ws))]).toEqual(answers);
    },
  );
});

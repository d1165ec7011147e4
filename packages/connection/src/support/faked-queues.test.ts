/**
 * Tests of applications replace the clocks and queues of the process by fakes that run nothing by
 * themselves: before this library is loaded, or while it is at work. Bytes move all the same.
 */
import { once } from 'node:events';
import type * as timers from 'node:timers';
import { CLIENT, encodeFrame, MessageDecoder, OPCODE } from '@ws/frame-parser';
import type * as SocketPairs from '../../test/socket-pair';

type Pairs = typeof SocketPairs;

/** As fakes of @sinonjs/fake-timers are, and Jest's: they know their clock, and run when it is told to. */
const fake = Object.assign(() => ({ unref: () => undefined, ref: () => undefined }), { clock: {} });
/** As somebody writes them by hand. */
const bare = (): object => ({ unref: () => undefined });

type Install = () => () => void;

function replacing(host: object, names: readonly string[], by: unknown): Install {
  return () => {
    const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(host, name)] as const);
    for (const name of names) {
      Object.defineProperty(host, name, { value: by, configurable: true, writable: true });
    }
    return () => {
      for (const [name, descriptor] of kept) {
        if (descriptor === undefined) Reflect.deleteProperty(host, name);
        else Object.defineProperty(host, name, descriptor);
      }
    };
  };
}

const GLOBALS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];

const KNOWN: [string, Install][] = [
  ['process.nextTick', replacing(process, ['nextTick'], fake)],
  ['the global functions', replacing(globalThis, GLOBALS, fake)],
  ['those of node:timers', replacing(timersModule(), TIMERS, fake)],
  [
    'all that Jest fakes',
    () => {
      jest.useFakeTimers();
      return () => void jest.useRealTimers();
    },
  ],
];
const BARE: [string, Install][] = [
  ['process.nextTick, by hand', replacing(process, ['nextTick'], bare)],
  ['the global functions, by hand', replacing(globalThis, GLOBALS, bare)],
  ['those of node:timers, by hand', replacing(timersModule(), TIMERS, bare)],
];

/** The module itself, not what the compiler makes of importing it. */
function timersModule(): object {
  return jest.requireActual<typeof timers>('node:timers');
}

function load(): Pairs {
  let pairs: Pairs | undefined;
  jest.isolateModules(() => (pairs = jest.requireActual<Pairs>('../../test/socket-pair')));
  return pairs!;
}

let restore: () => void;
let pairs: Pairs;

afterEach(() => {
  restore();
  pairs.destroyPairs();
});

const text = (payload: string): Uint8Array => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload });

/** Everything that waits for a tick or a turn of the event loop, on its way there and back. */
async function expectService(): Promise<void> {
  const { ws, far } = await pairs.socketPair({ highWaterMark: 1000 });
  const received: number[] = [];
  const ignore = (): void => undefined;
  const decoder = new MessageDecoder(CLIENT, {
    onText: (data) => received.push(data.length),
    onClose: (code) => received.push(-code),
    ...{ onBinary: ignore, onPing: ignore, onPong: ignore, onReserved: ignore },
    onViolation: (violation) => {
      throw new Error(violation);
    },
  });
  far.on('data', (chunk: Buffer) => decoder.push(chunk)).resume();

  const written = new Promise((resolve) => ws.send('small', resolve));
  const drained = new Promise((resolve) => ws.once('drain', resolve));
  ws.send('x'.repeat(1_000_000));
  await written;
  await drained;

  far.write(text('unheard yet'));
  let messages = 0;
  const all = new Promise<void>((resolve) => {
    ws.on('message', () => {
      if (++messages === 5001) resolve();
    });
  });
  far.write(Buffer.concat(Array.from({ length: 5000 }, () => text(''))));
  await all;

  const closed = new Promise((resolve) => ws.once('close', resolve));
  ws.send('last');
  ws.close(1000);
  far.end(encodeFrame(CLIENT, { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) }));
  await closed;
  await (far.readableEnded || once(far, 'end'));
  expect(received).toEqual([5, 1_000_000, 4, -1000]);
}

test.each([...KNOWN, ...BARE])('replaced after this was loaded: %s', async (_, install) => {
  pairs = load();
  restore = install();
  await expectService();
});

test.each(KNOWN)('replaced before this is loaded: %s', async (_, install) => {
  restore = install();
  pairs = load();
  await expectService();
});

test.each(KNOWN)('replaced only while this is loaded: %s', async (_, install) => {
  restore = install();
  pairs = load();
  restore();
  await expectService();
});

/** Real sockets: what is told of here is in no stream that one could make. */
import { receiveBuffer } from '@ws/frame-parser';
import { once } from 'node:events';
import { PassThrough, type Duplex } from 'node:stream';
import { destroyPairs, socketPair, type SocketPair } from '../../test/socket-pair';
import { canShareReads } from './shared-reads';

type SharedReads = typeof import('./shared-reads');

afterEach(destroyPairs);

const NUMBERS = Array.from({ length: 3000 }, (_, index) => index);

/** A masked text of less than 126 bytes; the key is 0, which changes nothing. */
const frame = (text: string): Buffer =>
  Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0, ...Buffer.from(text)]);

const receiveBufferHas = (text: string): boolean => Buffer.from(receiveBuffer()).includes(text);

interface Listening extends SocketPair {
  /** What the WebSocket has received. */
  readonly received: string[];
  /** Sends these, each behind the answer to the one before, so that each is a chunk. */
  readonly exchange: (texts: readonly string[]) => Promise<void>;
}

async function listening(): Promise<Listening> {
  const pair = await socketPair();
  const { ws, far } = pair;
  const received: string[] = [];
  ws.on('message', ({ data }) => void received.push(String(data)));
  const exchange = async (texts: readonly string[]): Promise<void> => {
    for (const text of texts) {
      const heard = once(ws, 'message');
      far.write(frame(text));
      await heard;
    }
  };
  return { ...pair, received, exchange };
}

test('a socket reads into the receive buffer from its second chunk on', async () => {
  const { near, received, exchange } = await listening();
  expect(canShareReads(near)).toBe(true);
  receiveBuffer().fill(0);
  await exchange(['first']);
  expect(canShareReads(near)).toBe(false);
  expect(receiveBufferHas('first')).toBe(false);
  await exchange(['second', 'third']);
  expect(receiveBufferHas('third')).toBe(true);
  expect(received).toEqual(['first', 'second', 'third']);
});

test('many messages in few chunks all come, in order', async () => {
  const { ws, far, received } = await listening();
  far.write(Buffer.concat(NUMBERS.map((number) => frame(String(number)))));
  far.end(Buffer.of(0x88, 0x80, 0, 0, 0, 0));
  await once(ws, 'close');
  expect(received).toEqual(NUMBERS.map(String));
});

test('the end of the stream, and a reset, are told as ever', async () => {
  const [ended, cut] = [await listening(), await listening()];
  await Promise.all([ended.exchange(['a', 'b']), cut.exchange(['a', 'b'])]);
  ended.far.end();
  cut.far.resetAndDestroy();
  const [onEnd, onReset] = await Promise.all([ended.ws.closed, cut.ws.closed]);
  expect([onEnd.code, onReset.code]).toEqual([1006, 1006]);
  expect(onReset.cause).toMatchObject({ code: 'ECONNRESET' });
});

test('a WebSocket that has paused reads nothing', async () => {
  const { ws, near, far, received, exchange } = await listening();
  await exchange(['a', 'b']);
  ws.pause();
  const { bytesRead } = near;
  far.write(Buffer.concat(NUMBERS.map((number) => frame(String(number)))));
  await new Promise((resolve) => setImmediate(resolve));
  expect(near.bytesRead).toBe(bytesRead);
  ws.resume();
  far.end(Buffer.of(0x88, 0x80, 0, 0, 0, 0));
  await once(ws, 'close');
  expect(received).toEqual(['a', 'b', ...NUMBERS.map(String)]);
});

describe('whoever else listens hears all from then on, in memory of its own', () => {
  const LISTENERS: [string, (near: Duplex, heard: Buffer[]) => void][] = [
    ['data', (near, heard) => near.on('data', (chunk: Buffer) => heard.push(chunk))],
    [
      'readable',
      (near, heard) => {
        near.on('readable', () => {
          for (let chunk; (chunk = near.read() as Buffer | null) !== null;) heard.push(chunk);
        });
      },
    ],
    [
      'a pipe',
      (near, heard) =>
        near.pipe(new PassThrough()).on('data', (chunk: Buffer) => heard.push(chunk)),
    ],
  ];

  test.each(LISTENERS)('%s', async (_name, listen) => {
    const { near, far, received, exchange } = await listening();
    await exchange(['before', 'still before']);
    const heard: Buffer[] = [];
    listen(near, heard);
    const texts = NUMBERS.slice(0, 100).map(String);
    await exchange(texts);
    receiveBuffer().fill(0);
    expect(Buffer.concat(heard).equals(Buffer.concat(texts.map(frame)))).toBe(true);
    expect(received).toEqual(['before', 'still before', ...texts]);
    far.destroy();
  });

  test('and when it has gone, nothing is lost, or comes in another order', async () => {
    const { near, received, exchange } = await listening();
    const listener = (): void => {};
    for (const round of NUMBERS.slice(0, 30)) {
      if (round % 3 === 0) near.on('data', listener);
      if (round % 3 === 2) near.off('data', listener);
      await exchange([`${round}a`, `${round}b`]);
    }
    expect(received).toEqual(NUMBERS.slice(0, 30).flatMap((round) => [`${round}a`, `${round}b`]));
  });
});

describe('a socket stays as it is', () => {
  const WAYS: [string, (near: Duplex) => void][] = [
    ['that somebody else listens to', (near) => near.on('data', () => {})],
    ['that somebody else reads', (near) => near.on('readable', () => {})],
    [
      'whose emit() was wrapped',
      (near) => {
        const emit = near.emit.bind(near);
        near.emit = (...event: Parameters<typeof emit>) => emit(...event);
      },
    ],
    [
      'whose push() was wrapped',
      (near) => {
        const push = near.push.bind(near);
        near.push = (chunk) => push(chunk);
      },
    ],
    ['that decodes', (near) => near.setEncoding('latin1')],
  ];

  test.each(WAYS)('%s', async (_name, change) => {
    const { near } = await listening();
    change(near);
    expect(canShareReads(near)).toBe(false);
  });

  test('that is no socket of Node’s', () => {
    expect(canShareReads(new PassThrough())).toBe(false);
  });
});

describe('no socket shares its reads', () => {
  const { versions } = process;

  afterEach(() => {
    Object.defineProperty(process, 'versions', { value: versions });
    delete process.env['WS_NO_SHARED_READS'];
  });

  const CAUSES: [string, () => void][] = [
    ['by WS_NO_SHARED_READS=1', () => (process.env['WS_NO_SHARED_READS'] = '1')],
    ['by any other value', () => (process.env['WS_NO_SHARED_READS'] = 'yes')],
    ['in a Node that is not known', () => pretend({ node: '27.0.0' })],
    ['in Bun', () => pretend({ bun: '1.4.5' })],
    ['in Deno', () => pretend({ deno: '2.9.6' })],
  ];

  function pretend(other: Record<string, string>): void {
    Object.defineProperty(process, 'versions', { value: { ...versions, ...other } });
  }

  test.each(CAUSES)('%s', async (_name, cause) => {
    const { near } = await listening();
    expect(canShareReads(near)).toBe(true);
    cause();
    jest.isolateModules(() => {
      const isolated = jest.requireActual<SharedReads>('./shared-reads');
      expect(isolated.canShareReads(near)).toBe(false);
    });
  });
});

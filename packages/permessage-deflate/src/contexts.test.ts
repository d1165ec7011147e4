import { CODECS, carry, extension, noise, outgoing, pairOf, prose, shared } from '../test/messages';
import type { Pair } from '../test/messages';
import type { DeflateOptions } from './options';
import type { Shared } from './permessage-deflate';
import { SharedHandles } from './shared-handles';

// The library's timers are Node's own; here they are the ones that can be faked.
jest.mock('node:timers', () => ({
  ...jest.requireActual<object>('node:timers'),
  setTimeout: (action: () => void, delay: number) => setTimeout(action, delay),
  clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
}));
const faked = { performance: { now: () => performance.now() } };
const getBuiltinModule = process.getBuiltinModule.bind(process) as (name: string) => unknown;
process.getBuiltinModule = ((name: string) =>
  name === 'node:perf_hooks' ? faked : getBuiltinModule(name)) as typeof process.getBuiltinModule;

const ALL_TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };
/** As far back as can be. */
const TAKEOVER = { ...ALL_TAKEOVER, takeoverWindowBits: 15 };
const WINDOW = 32_768;
/** What zlib takes for a compressor with its usual settings. */
const COMPRESSOR = 262_144;

const MESSAGE = prose(4000);

/** What is sent of MESSAGE by a session, in bytes. */
async function sizeFrom({ client, server }: Pair): Promise<number> {
  return (await carry(MESSAGE, client, server)).carried;
}

function connected(parts: Shared, options: DeflateOptions = TAKEOVER): Pair {
  return pairOf(extension(options, parts), extension(options, parts));
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe.each(CODECS)('on $name', ({ codec }) => {
  const live = codec instanceof SharedHandles ? COMPRESSOR : 0;

  test('a message that was sent before takes next to nothing, if that was asked for', async () => {
    const parts = shared(codec);
    const remembering = connected(parts);
    const first = await sizeFrom(remembering);
    const again = await sizeFrom(remembering);
    expect(again).toBeLessThan(first / 10);
    expect(await sizeFrom(remembering)).toBeLessThan(first / 10);
    const forgetting = connected(parts, {});
    expect([await sizeFrom(forgetting), await sizeFrom(forgetting)]).toEqual([first, first]);
  });

  test('nothing is held by default, and by one that forgets', async () => {
    const parts = shared(codec);
    const pair = connected(parts, {});
    await sizeFrom(pair);
    await sizeFrom(pair);
    expect(parts.memory.used).toBe(0);
  });

  test('what the peer sends is remembered from the handshake to the end', async () => {
    const parts = shared(codec);
    const { client, server } = connected(parts);
    expect(parts.memory.used).toBe(2 * WINDOW);
    await sizeFrom({ client, server });
    expect(parts.memory.used).toBe(3 * WINDOW);
    jest.advanceTimersByTime(1_000_000);
    expect(parts.memory.used).toBe(2 * WINDOW);
    client.close();
    client.close();
    server.close();
    expect(parts.memory.used).toBe(0);
  });

  test('smaller windows take less', () => {
    const parts = shared(codec);
    connected(parts, { ...TAKEOVER, serverMaxWindowBits: 10, clientMaxWindowBits: 8 });
    expect(parts.memory.used).toBe(1024 + 256);
  });

  test.each([
    ['8 KiB, which is the default', {}, 13],
    ['what is asked for', { takeoverWindowBits: 10 }, 10],
    ['what was agreed, if that is less', { takeoverWindowBits: 12, clientMaxWindowBits: 9 }, 9],
  ])('what we send refers back no farther than %s', async (_, asked, windowBits) => {
    const options = { ...ALL_TAKEOVER, threshold: 0, ...asked };
    const { client, server } = connected(shared(codec), options);
    const length = 2 ** windowBits / 8;
    const message = noise(length);
    const first = (await carry(message, client, server)).carried;
    await carry(noise(length, 2), client, server);
    expect((await carry(message, client, server)).carried).toBeLessThan(first / 4);
    for (let seed = 3; seed < 12; seed++) await carry(noise(length, seed), client, server);
    expect((await carry(message, client, server)).carried).toBeGreaterThan(first * 0.9);
  });

  test('what we send is forgotten when we have sent nothing for long', async () => {
    const parts = shared(codec);
    const pair = connected(parts, { ...TAKEOVER, contextIdleTimeout: 1000 });
    const first = await sizeFrom(pair);
    await sizeFrom(pair);
    expect(parts.memory.used).toBe(3 * WINDOW + live);
    jest.advanceTimersByTime(999);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
    jest.advanceTimersByTime(999);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
    jest.advanceTimersByTime(1000);
    expect(parts.memory.used).toBe(2 * WINDOW);
    expect(await sizeFrom(pair)).toBe(first);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
  });

  test('contextIdleTimeout: Infinity: it is kept, without a timer', async () => {
    const parts = shared(codec);
    const pair = connected(parts, { ...TAKEOVER, contextIdleTimeout: Infinity });
    const first = await sizeFrom(pair);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(1e9);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
  });

  test('of several connections, each is forgotten in its time, and no timer is left', async () => {
    const parts = shared(codec);
    const forgetful = extension({ ...TAKEOVER, contextIdleTimeout: 1000 }, parts);
    const one = pairOf(forgetful, extension(TAKEOVER, parts));
    const other = pairOf(forgetful, extension(TAKEOVER, parts));
    await sizeFrom(one);
    jest.advanceTimersByTime(600);
    await sizeFrom(other);
    expect(parts.memory.used).toBe(6 * WINDOW);
    jest.advanceTimersByTime(400);
    expect(parts.memory.used).toBe(5 * WINDOW);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(600);
    expect(parts.memory.used).toBe(4 * WINDOW);
    expect(jest.getTimerCount()).toBe(0);
    await sizeFrom(one);
    one.client.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('new connections are negotiated without takeover when the memory is used up', async () => {
    const parts = shared(codec);
    const options = { ...TAKEOVER, maxContextMemory: 3 * WINDOW - 1 };
    connected(parts, options);
    expect(parts.memory.used).toBe(2 * WINDOW);
    const late = connected(parts, options);
    const first = await sizeFrom(late);
    expect(await sizeFrom(late)).toBe(first);
    expect(parts.memory.used).toBe(2 * WINDOW);
  });

  test('what we send is not remembered when there is no memory for it', async () => {
    const parts = shared(codec);
    const pair = connected(parts, { ...TAKEOVER, maxContextMemory: 2 * WINDOW });
    const first = await sizeFrom(pair);
    expect(await sizeFrom(pair)).toBe(first);
    expect(parts.memory.used).toBe(2 * WINDOW);
  });

  test('a compressor of its own takes no more than half of the memory', async () => {
    const parts = shared(codec);
    const pair = connected(parts, { ...TAKEOVER, maxContextMemory: 2 * COMPRESSOR });
    const first = await sizeFrom(pair);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
    expect(parts.memory.used).toBe(3 * WINDOW);
  });
});

test('what one thread has compressed, the other refers to', async () => {
  jest.useRealTimers();
  for (const { codec } of CODECS) {
    const pair = connected(shared(codec));
    const long = Buffer.concat([prose(20_000, 7), MESSAGE]);
    const first = await sizeFrom(connected(shared(codec)));
    expect((await carry(long, pair.client, pair.server)).received).toEqual(long);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
    const { carried, received } = await carry(long, pair.client, pair.server);
    expect(received).toEqual(long);
    expect(carried).toBeLessThan(1000);
    expect(await sizeFrom(pair)).toBeLessThan(first / 10);
  }
});

test('what was sent as it is, nothing refers to', async () => {
  const pair = connected(shared());
  const first = await sizeFrom(connected(shared()));
  await pair.client.processOutgoing(outgoing(MESSAGE, false));
  expect(await sizeFrom(pair)).toBe(first);
});

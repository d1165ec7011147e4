import type { ExtensionError } from '@ws/extensions';
import fc from 'fast-check';
import { Transform } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { InflateRaw, constants, deflateRawSync } from 'node:zlib';
import { COMPRESSION, noise, prose } from '../test/messages';
import { emptyBlocks } from '../test/empty-blocks';
import type * as background from './background';
import { deflateInTurns, inflateInTurns } from './background';
import { EMPTY_MESSAGE } from './codec';
import type { Work } from './job';
import { CHUNK_SIZE, PublicZlib } from './public-zlib';

const MiB = 2 ** 20;

/** What work comes to, and in how many turns. */
async function finished(work: Work): Promise<{ result: Uint8Array; turns: number }> {
  for (let turns = 1; ; turns++) {
    const { done, value } = await work.next();
    if (done === true) return { result: value, turns };
  }
}

async function inflated(data: Uint8Array, most: number): Promise<Uint8Array> {
  return (await finished(inflateInTurns(data, most, null))).result;
}

test('a bomb is stopped at the limit: no more than a window beyond it is ever made', async () => {
  const pushed: number[] = [];
  const push = jest.spyOn(InflateRaw.prototype, 'push').mockImplementation(function (
    this: InflateRaw,
    chunk: Buffer | null,
  ) {
    pushed.push(chunk?.byteLength ?? 0);
    return Transform.prototype.push.call(this, chunk);
  });
  const bomb = Buffer.concat([deflateRawSync(Buffer.alloc(50_000_000)), EMPTY_MESSAGE]);
  for (const limit of [1_000_000, MiB, 3 * MiB, 3 * MiB + 1]) {
    pushed.length = 0;
    await expect(inflated(bomb, limit)).rejects.toMatchObject({ failure: 'message-too-big' });
    const made = pushed.reduce((sum, bytes) => sum + bytes, 0);
    expect(made).toBeGreaterThan(limit);
    expect(made).toBeLessThanOrEqual(limit + CHUNK_SIZE);
  }
  push.mockRestore();
  expect(bomb.byteLength * 1000).toBeGreaterThan(48_000_000);
});

test('what refers to history is compressed and restored with it', async () => {
  const history = prose(32_768, 5);
  const message = Buffer.concat([prose(20_000, 5), prose(20_000, 6)]);
  const { result: alone } = await finished(deflateInTurns(message, COMPRESSION, null));
  const { result: referring } = await finished(deflateInTurns(message, COMPRESSION, history));
  expect(referring.byteLength).toBeLessThan(alone.byteLength);
  const { result } = await finished(inflateInTurns(referring, 40_000, history));
  expect(result).toEqual(message);
});

test('to restore takes memory, at the end of every turn; to compress takes none to speak of', async () => {
  const zeros = new PublicZlib().deflate(Buffer.alloc(3 * MiB), COMPRESSION, null);
  const inflating = inflateInTurns(zeros, 3 * MiB, null);
  expect(await inflating.next()).toEqual({ done: false, value: MiB });
  expect(await inflating.next()).toEqual({ done: false, value: 2 * MiB });
  await inflating.return(zeros);
  const deflating = deflateInTurns(noise(3 * MiB), COMPRESSION, null);
  expect(await deflating.next()).toEqual({ done: false, value: 0 });
  await deflating.return(zeros);
});

describe('a turn ends', () => {
  const compressible = Buffer.alloc(8 * MiB);
  const zeros = new PublicZlib().deflate(compressible, COMPRESSION, null);

  test('when a mebibyte has come out', async () => {
    const { result, turns } = await finished(inflateInTurns(zeros, 8 * MiB, null));
    expect(compressible.equals(result)).toBe(true);
    // to make it, and to put it together
    expect(turns).toBeGreaterThanOrEqual(8 + 7);
    expect(turns).toBeLessThanOrEqual(2 * (8 + 1));
  });

  test('when thousands of blocks have come to nothing', async () => {
    const { result, turns } = await finished(inflateInTurns(emptyBlocks(262_144), 0, null));
    expect(result).toHaveLength(0);
    expect(turns).toBeGreaterThanOrEqual(16);
  });

  test('when 64 KiB are compressed', async () => {
    const { result, turns } = await finished(deflateInTurns(prose(MiB), COMPRESSION, null));
    expect(prose(MiB).equals(await inflated(result, MiB))).toBe(true);
    expect(turns).toBeGreaterThanOrEqual(16);
  });

  test('behind a final block', async () => {
    const blocks = Array<Buffer>(10).fill(deflateRawSync(prose(100)));
    const message = Buffer.concat([...blocks, EMPTY_MESSAGE]);
    const { result, turns } = await finished(inflateInTurns(message, 1000, null));
    expect(result).toHaveLength(1000);
    expect(turns).toBe(11);
  });

  test('not sooner: a message of 200 kB takes one', async () => {
    const message = deflateRawSync(prose(200_000), { finishFlush: constants.Z_SYNC_FLUSH });
    const { turns } = await finished(inflateInTurns(message.subarray(0, -4), 200_000, null));
    expect(turns).toBe(1);
  });
});

test('messages of any length are what zlib makes of them in one go, and come back', async () => {
  const lengths = fc.constantFrom(1, 65_535, 65_536, 65_537, 131_072, 300_000, 2 * MiB + 1);
  const levels = fc.constantFrom(-1, 1, 3, 6, 9);
  const contents = fc.constantFrom<(length: number) => Buffer>(prose, noise, (length) =>
    Buffer.alloc(length),
  );
  const law = fc.asyncProperty(lengths, levels, contents, async (length, level, content) => {
    const message = content(length);
    const compression = { ...COMPRESSION, level };
    const { result } = await finished(deflateInTurns(message, compression, null));
    const atOnce = new PublicZlib().deflate(message, compression, null);
    expect(Buffer.from(atOnce).equals(result)).toBe(true);
    expect(message.equals(await inflated(result, length))).toBe(true);
    await expect(inflated(result, length - 1)).rejects.toMatchObject({
      failure: 'message-too-big',
    });
  });
  await fc.assert(law, { numRuns: 20 });
});

test('of a message that is cut off anywhere, it says what zlib says in one go', async () => {
  const whole = new PublicZlib().deflate(prose(800_000), COMPRESSION, null);
  expect(whole.byteLength).toBeGreaterThan(114_688);
  const cuts = fc.oneof(
    fc.constantFrom(16_383, 16_384, 16_385, 49_152, 114_688, whole.byteLength - 1),
    fc.nat(whole.byteLength),
  );
  const law = fc.asyncProperty(cuts, async (length) => {
    const message = whole.subarray(0, length);
    const says = async (action: () => unknown): Promise<unknown> => {
      try {
        return await action();
      } catch (error) {
        return (error as ExtensionError).failure;
      }
    };
    const atOnce = await says(() => new PublicZlib().inflate(message, MiB, null));
    const inTurns = await says(() => inflated(message, MiB));
    expect(isDeepStrictEqual(inTurns, atOnce)).toBe(true);
  });
  await fc.assert(law, { numRuns: 30 });
});

test('a final block that ends where a piece ends is followed by the rest', async () => {
  const stored = (length: number): Buffer =>
    deflateRawSync(prose(length), { level: constants.Z_NO_COMPRESSION });
  for (const length of [16_378, 16_379, 16_380]) {
    const message = Buffer.concat([stored(length), deflateRawSync(prose(100)), EMPTY_MESSAGE]);
    expect(await inflated(message, MiB)).toEqual(Buffer.concat([prose(length), prose(100)]));
  }
});

test('memory that is taken away in the middle ends the work, and nothing else', async () => {
  const message = new Uint8Array(prose(MiB));
  const work = deflateInTurns(message, COMPRESSION, null);
  expect(await work.next()).toMatchObject({ done: false });
  structuredClone(message.buffer, { transfer: [message.buffer] });
  await expect(finished(work)).rejects.toThrow('the memory of the message was taken away');
});

test('work that is given up gives zlib’s memory back', async () => {
  const destroy = jest.spyOn(InflateRaw.prototype, 'destroy');
  const bomb = new PublicZlib().deflate(Buffer.alloc(8 * MiB), COMPRESSION, null);
  const work = inflateInTurns(bomb, 8 * MiB, null);
  await work.next();
  expect(destroy).not.toHaveBeenCalled();
  await work.return(new Uint8Array(0));
  expect(destroy).toHaveBeenCalled();
  destroy.mockRestore();
});

test('a long message is restored though a fake clock was there before this was loaded', async () => {
  jest.doMock('node:timers', () => ({ setImmediate: () => undefined }));
  const zeros = new PublicZlib().deflate(Buffer.alloc(3 * MiB), COMPRESSION, null);
  await jest.isolateModulesAsync(async () => {
    const later = jest.requireActual<typeof background>('./background');
    const { result } = await finished(later.inflateInTurns(zeros, 3 * MiB, null));
    expect(result.byteLength).toBe(3 * MiB);
  });
  jest.dontMock('node:timers');
});

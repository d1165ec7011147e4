import { ExtensionError } from '@ws/extensions';
import type { ExtensionSession } from '@ws/extensions';
import fc from 'fast-check';
import zlib, { deflateRawSync } from 'node:zlib';
import { FINAL_BLOCKS } from '../test/final-blocks';
import { CODECS, carry, extension, hex, incoming, noise, outgoing } from '../test/messages';
import { pairOf, prose, shared } from '../test/messages';
import type { Pair } from '../test/messages';
import { FairQueue } from './fair-queue';
import type { DeflateOptions } from './options';

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

describe.each(CODECS)('on $name, a session', ({ codec }) => {
  const sessionOf = (options: DeflateOptions = {}): ExtensionSession =>
    pairOf(extension(options, shared(codec)), extension(options, shared(codec))).server;

  test('sets RSV1 of what it compresses, and leaves the other bits alone', async () => {
    const { client, server } = pairOf(extension(), extension());
    const sent = await client.processOutgoing({ ...outgoing(prose(2000)), opcode: 1, rsv: 3 });
    expect(sent).toMatchObject({ opcode: 1, rsv: 7 });
    expect(await server.processIncoming(sent, 2000)).toEqual({
      opcode: 1,
      rsv: 3,
      data: prose(2000),
    });
  });

  test.each([
    ['what is shorter than the threshold', outgoing(prose(1023)), {}],
    ['what the application wants sent as it is', outgoing(prose(2000), false), {}],
    ['what does not become smaller', outgoing(noise(2000)), {}],
    ['what does not become smaller, and is long', outgoing(noise(20_000)), {}],
    ['an empty message', outgoing(Buffer.alloc(0)), { threshold: 0 }],
  ])('leaves alone %s', async (_, message, options) => {
    expect(await sessionOf(options).processOutgoing(message)).toBe(message);
  });

  test('gives back what comes without RSV1', () => {
    const message = { opcode: 2, rsv: 3, data: prose(100) };
    expect(sessionOf().processIncoming(message, 10)).toBe(message);
  });

  test('needs no promise for a message up to 16 KiB', () => {
    const { client, server } = pairOf(extension({}, shared(codec)), extension({}, shared(codec)));
    const sent = client.processOutgoing(outgoing(prose(16_384)));
    if (sent instanceof Promise) throw new Error('a promise to send');
    expect(sent.rsv).toBe(4);
    expect(server.processIncoming(sent, 16_384)).toEqual({
      opcode: 2,
      rsv: 0,
      data: prose(16_384),
    });
  });

  test('hands on what is long, or becomes long', async () => {
    const session = sessionOf();
    expect(session.processOutgoing(outgoing(prose(16_385)))).toBeInstanceOf(Promise);
    const grows = incoming(compressed(Buffer.alloc(131_073)));
    const result = session.processIncoming(grows, 1_000_000);
    expect(result).toBeInstanceOf(Promise);
    expect((await result).data).toEqual(Buffer.alloc(131_073));
  });

  test.each(FINAL_BLOCKS)('understands %s', async (_, octets, text) => {
    const message = await sessionOf().processIncoming(incoming(hex(octets)), 10);
    expect(Buffer.from(message.data).toString()).toBe(text);
  });

  test('understands final blocks that refer far back, over each other', async () => {
    const blocks = [prose(40_000, 1), prose(500, 2), prose(500, 3)].map((text, index, all) =>
      deflateRawSync(text, {
        dictionary: Buffer.concat([noise(1), ...all.slice(0, index)]).subarray(-32_768),
      }),
    );
    const message = incoming(Buffer.concat([...blocks, hex('00')]));
    const { data } = await sessionOf().processIncoming(message, 41_000);
    expect(data).toEqual(Buffer.concat([prose(40_000, 1), prose(500, 2), prose(500, 3)]));
  });

  test('refuses a message of nothing but final blocks', async () => {
    const many = hex('0300'.repeat(1000));
    const promise = sessionOf().processIncoming(incoming(many), 10);
    await expect(promise).rejects.toMatchObject({ failure: 'invalid-data' });
  });

  test.each([
    ['a short message', prose(3000)],
    ['a long message', noise(40_000)],
  ])('refuses %s that is cut off', async (_, message) => {
    const cut = compressed(message).subarray(0, -10);
    const process = async (): Promise<unknown> =>
      sessionOf().processIncoming(incoming(cut), 50_000);
    await expect(process()).rejects.toMatchObject({ failure: 'invalid-data' });
  });

  test.each([0, 1, 1000, 131_072, 131_073, 1_000_000])(
    'stops at a limit of %d bytes, however much there is',
    async (limit) => {
      const bomb = (length: number): Promise<Uint8Array> =>
        Promise.resolve(
          sessionOf().processIncoming(incoming(compressed(Buffer.alloc(length))), limit),
        ).then(({ data }) => data);
      expect((await bomb(limit)).byteLength).toBe(limit);
      await expect(bomb(limit + 1)).rejects.toThrow(ExtensionError);
      await expect(bomb(20 * limit + 10_000_000)).rejects.toMatchObject({
        failure: 'message-too-big',
      });
    },
  );

  test('stops at the limit between final blocks too', async () => {
    const block = deflateRawSync(Buffer.alloc(1000));
    const three = incoming(Buffer.concat([block, block, block, hex('00')]));
    expect((await sessionOf().processIncoming(three, 3000)).data.byteLength).toBe(3000);
    await expect(sessionOf().processIncoming(three, 2999)).rejects.toMatchObject({
      failure: 'message-too-big',
    });
  });

  test('does not mind what happens to another', async () => {
    const parts = shared(codec);
    const one = pairOf(extension({}, parts), extension({}, parts));
    const other = pairOf(extension(TAKEOVER, parts), extension(TAKEOVER, parts));
    for (let round = 0; round < 3; round++) {
      const { received } = await carry(prose(3000, round + 1), other.client, other.server);
      expect(received).toEqual(prose(3000, round + 1));
      expect(() => one.server.processIncoming(incoming(hex('ff')), 10)).toThrow(ExtensionError);
      await expect(
        (async () => one.server.processIncoming(incoming(compressed(Buffer.alloc(9999))), 10))(),
      ).rejects.toThrow(ExtensionError);
    }
  });

  test('carries messages of any length, whatever was agreed', async () => {
    const bits = fc.integer({ min: 8, max: 15 });
    const options: fc.Arbitrary<DeflateOptions> = fc.record({
      serverNoContextTakeover: fc.boolean(),
      clientNoContextTakeover: fc.boolean(),
      serverMaxWindowBits: bits,
      clientMaxWindowBits: bits,
      threshold: fc.constantFrom(0, 1024),
      level: fc.integer({ min: -1, max: 9 }),
      memLevel: fc.integer({ min: 1, max: 9 }),
      maxContextMemory: fc.constantFrom(0, 100_000, 1_000_000),
    });
    const lengths = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 5000 }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
        { weight: 1, arbitrary: fc.constantFrom(16_384, 16_385, 262_144, 1_048_576) },
      ),
      { minLength: 1, maxLength: 6 },
    );
    const law = fc.asyncProperty(options, options, lengths, async (ours, theirs, sizes) => {
      const parts = shared(codec);
      const { client, server } = pairOf(extension(ours, parts), extension(theirs, parts));
      for (const [index, size] of sizes.entries()) {
        const message = index % 4 === 3 ? noise(Math.min(size, 40_000)) : prose(size, index + 1);
        expect(message.equals((await carry(message, client, server)).received)).toBe(true);
        expect(message.equals((await carry(message, server, client)).received)).toBe(true);
      }
      client.close();
      server.close();
      expect(parts.memory.used).toBe(0);
    });
    await fc.assert(law, { numRuns: 25 });
  });
});

describe('a session that is closed', () => {
  test('rejects what is in flight, and never starts what waits', async () => {
    const parts = shared();
    const { client, server } = pairOf(extension(TAKEOVER, parts), extension(TAKEOVER, parts));
    const other = pairOf(extension({}, parts), extension({}, parts));
    const sent = await client.processOutgoing(outgoing(noise(100_000)));
    const pending = [
      client.processOutgoing(outgoing(prose(100_000))),
      server.processOutgoing(outgoing(prose(100_000))),
      server.processIncoming(sent, 100_000),
    ];
    client.close();
    server.close();
    const outcomes = await Promise.allSettled(pending.map((result) => Promise.resolve(result)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(parts.memory.used).toBe(0);
    const { received } = await carry(prose(50_000), other.client, other.server);
    expect(received).toEqual(prose(50_000));
  });

  test('ends in the middle of a long message, which makes room for others', async () => {
    const parts = { ...shared(), jobs: new FairQueue(1) };
    const long = pairOf(extension({}, parts), extension({}, parts)).server;
    const bomb = incoming(compressed(Buffer.alloc(20_000_000)));
    const ended = Promise.resolve(long.processIncoming(bomb, 30_000_000)).catch(String);
    const { client, server } = pairOf(extension({}, parts), extension({}, parts));
    await carry(prose(200_000), client, server);
    const inflate = jest.spyOn(zlib.InflateRaw.prototype, 'push');
    long.close();
    expect(await ended).toContain('the connection was over');
    expect((await carry(prose(200_000), client, server)).received).toEqual(prose(200_000));
    const made = inflate.mock.calls.reduce((sum, [piece]) => sum + lengthOf(piece), 0);
    inflate.mockRestore();
    expect(made).toBeLessThan(3_000_000);
  });

  test('leaves nobody a rejection to handle', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const { client } = pairOf(extension(), extension());
    void client.processOutgoing(outgoing(prose(100_000)));
    client.close();
    const { client: last, server } = pairOf(extension(), extension());
    await carry(prose(200_000), last, server);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

test('a short message overtakes the bombs of others', async () => {
  const parts = { ...shared(), jobs: new FairQueue(1) };
  const pair = (): Pair => pairOf(extension({}, parts), extension({}, parts));
  const { client, server } = pair();
  const sent = await client.processOutgoing(outgoing(prose(150_000)));
  const ends: string[] = [];
  const bombs = Array.from({ length: 8 }, async () => {
    const bomb = incoming(compressed(Buffer.alloc(6_000_000)));
    const session = pair().server;
    await expect(session.processIncoming(bomb, 5_000_000)).rejects.toThrow('longer than allowed');
    ends.push('bomb');
  });
  const { data } = await server.processIncoming(sent, 150_000);
  ends.push('message');
  await Promise.all(bombs);
  expect(data).toEqual(prose(150_000));
  expect(ends).toEqual(['message', ...Array<string>(8).fill('bomb')]);
});

/** As a peer would send it. */
function compressed(data: Uint8Array): Buffer {
  return Buffer.concat([deflateRawSync(data).subarray(), hex('00')]);
}

function lengthOf(piece: unknown): number {
  return piece === null ? 0 : (piece as Buffer).byteLength;
}

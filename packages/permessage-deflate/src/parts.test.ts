/** Messages in parts, both ways: any cut restores the same bytes, and wholes may stand between them. */
import fc from 'fast-check';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { FINAL_BLOCKS } from '../test/final-blocks';
import { CODECS, extension, hex, noise, outgoing, pairOf, prose, shared } from '../test/messages';
import { cut, push, receiveParts, sendParts } from '../test/parts';
import { TRAILER } from './codec';
import type { DeflateOptions } from './options';

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };
const NOTHING = Buffer.alloc(0);

/** What anybody's inflate makes of a message (RFC 7692 §7.2.2). */
function inflated(frames: readonly Uint8Array[]): Buffer {
  return inflateRawSync(Buffer.concat([...frames, TRAILER]));
}

describe.each(CODECS)('on $name', ({ codec }) => {
  const pair = (options: DeflateOptions = {}, parts = shared(codec)) =>
    pairOf(extension(options, parts), extension(options, parts));

  test.each([true, false])('every part can be restored at once; ends empty: %p', async (empty) => {
    const { client, server } = pair();
    const parts = [prose(3000, 1), prose(70_000, 2), prose(5, 3), prose(20_000, 4)];
    const { rsv, frames } = await sendParts(client, parts, empty);
    expect(rsv).toBe(4);
    expect(frames).toHaveLength(empty ? 5 : 4);
    expect(inflated(frames).equals(Buffer.concat(parts))).toBe(true);
    const message = server.incomingParts!({ opcode: 2, rsv }, Infinity);
    for (const [index, frame] of frames.entries()) {
      const pieces: Uint8Array[] = [];
      await push(message, frame, index === frames.length - 1, pieces);
      expect(Buffer.concat(pieces).equals(parts[index] ?? NOTHING)).toBe(true);
    }
    expect(message.rsv).toBe(0);
  });

  test('a later part refers to those before it', async () => {
    const { frames } = await sendParts(pair().client, [prose(3000), prose(3000), prose(3000)]);
    expect(frames[2].byteLength).toBeLessThan(frames[0].byteLength / 10);
  });

  test('carries messages whole and in parts, however they are cut', async () => {
    const options: fc.Arbitrary<DeflateOptions> = fc.record({
      serverNoContextTakeover: fc.boolean(),
      clientNoContextTakeover: fc.boolean(),
      serverMaxWindowBits: fc.integer({ min: 8, max: 15 }),
      clientMaxWindowBits: fc.integer({ min: 8, max: 15 }),
      maxContextMemory: fc.constantFrom(0, 100_000, 10_000_000),
    });
    const lengths = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 80_000 })),
      { minLength: 1, maxLength: 5 },
    );
    const message = fc.record({
      size: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 150_000 })),
      isNoise: fc.boolean(),
      sentIn: fc.option(lengths),
      receivedIn: fc.option(fc.oneof(lengths, fc.constant([1, 2, 1000]))),
      endsEmpty: fc.boolean(),
    });
    const law = fc.asyncProperty(
      options,
      fc.array(message, { minLength: 1, maxLength: 5 }),
      async (agreed, messages) => {
        const process = shared(codec);
        const { client, server } = pair(agreed, process);
        for (const [
          index,
          { size, isNoise, sentIn, receivedIn, endsEmpty },
        ] of messages.entries()) {
          const data = isNoise ? noise(size, index + 1) : prose(size, index + 1);
          const parts = sentIn === null ? [] : cut(data, sentIn);
          const whole = sentIn === null ? await client.processOutgoing(outgoing(data)) : null;
          const sent = whole ?? (await sendParts(client, parts, endsEmpty || parts.length === 0));
          const wire = 'data' in sent ? sent.data : Buffer.concat(sent.frames);
          if (receivedIn === null) {
            const received = await server.processIncoming(
              { opcode: 2, rsv: sent.rsv, data: wire },
              size,
            );
            expect(data.equals(received.data)).toBe(true);
          } else {
            const frames = wire.byteLength === 0 ? [NOTHING] : cut(wire, receivedIn);
            const pieces = await receiveParts(server, sent, frames, size);
            expect(data.equals(Buffer.concat(pieces))).toBe(true);
          }
        }
        client.close();
        server.close();
        expect(process.memory.used).toBe(0);
      },
    );
    await fc.assert(law, { numRuns: 60 });
  });

  test('a message of one part is as it would be whole', async () => {
    const { client, server } = pair();
    for (const data of [prose(100), prose(3000), noise(3000), prose(100_000), NOTHING]) {
      const whole = await client.processOutgoing(outgoing(data));
      const { rsv, frames } = await sendParts(client, [data], false);
      expect({ rsv, frames }).toEqual({ rsv: whole.rsv, frames: [whole.data] });
      const pieces = await receiveParts(server, { rsv }, frames);
      expect(data.equals(Buffer.concat(pieces))).toBe(true);
    }
  });

  test('a short message of one part takes no promise', () => {
    const { client, server } = pair();
    const sent = client.processOutgoing(outgoing(prose(3000)));
    if (sent instanceof Promise) throw new Error('a promise to send');
    const pieces: Uint8Array[] = [];
    const message = server.incomingParts!(sent, Infinity);
    expect(message.push(sent.data, true, (piece) => void pieces.push(piece))).toBeUndefined();
    expect(Buffer.concat(pieces)).toEqual(prose(3000));
  });

  test.each([
    ['what the application wants sent as it is', [prose(3000), prose(3000)]],
    ['an empty message', []],
  ])('leaves alone %s', async (_, parts) => {
    const { client, server } = pair();
    const message = client.outgoingParts!({ opcode: 2, rsv: 2, compress: false });
    for (const part of parts) expect(await message.push(part, false)).toBe(part);
    expect(await message.push(NOTHING, true)).toEqual(NOTHING);
    expect(message.rsv).toBe(2);
    expect(await receiveParts(server, { rsv: 0 }, parts)).toEqual(parts);
  });

  test.each(FINAL_BLOCKS)('understands %s, however it is cut', async (_, octets, text) => {
    for (const options of [{}, TAKEOVER]) {
      for (let length = 1; length <= hex(octets).byteLength; length++) {
        for (const last of [[], [NOTHING]]) {
          const frames = [...cut(hex(octets), [length]), ...last];
          const pieces = await receiveParts(pair(options).server, { rsv: 4 }, frames);
          expect(Buffer.concat(pieces).toString()).toBe(text);
        }
      }
    }
  });

  test('comes to its end wherever its last part ends', async () => {
    for (let length = 16_370; length <= 16_390; length++) {
      const whole = deflateRawSync(noise(40_000), { finishFlush: constants.Z_SYNC_FLUSH });
      const frames = cut(whole.subarray(0, -4), [whole.byteLength - 4 - length, length]);
      const pieces = await receiveParts(pair().server, { rsv: 4 }, frames);
      expect(Buffer.concat(pieces).equals(noise(40_000))).toBe(true);
    }
  });

  test.each([
    ['is cut off', cut(inflatable().subarray(0, -10), [1000])],
    ['is garbage', [noise(1000), noise(1000)]],
    ['is nothing but final blocks', cut(hex('0300'.repeat(1000)), [300])],
    ['is empty', [NOTHING, NOTHING]],
  ])('refuses a message that %s', async (_, frames) => {
    const received = receiveParts(pair().server, { rsv: 4 }, frames);
    await expect(received).rejects.toMatchObject({ failure: 'invalid-data' });
  });

  test.each([0, 1, 65_536, 1_000_000])('stops at a limit of %d bytes', async (limit) => {
    const bomb = async (length: number): Promise<number> => {
      const { frames } = await sendParts(pair().client, cut(Buffer.alloc(length), [100_000]));
      const pieces = await receiveParts(pair().server, { rsv: 4 }, frames, limit);
      return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    };
    if (limit > 0) expect(await bomb(limit)).toBe(limit);
    await expect(bomb(limit + 1)).rejects.toMatchObject({ failure: 'message-too-big' });
  });
});

/** A message as a peer would send it. */
function inflatable(): Buffer {
  return Buffer.concat([deflateRawSync(noise(40_000)), hex('00')]);
}

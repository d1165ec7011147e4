/** Messages in parts, to and from the codec of the package `ws`. */
import { cut, receiveParts, sendParts } from '../test/parts';
import { extension, noise, outgoing, pairOf, prose, shared } from '../test/messages';
import type { Pair } from '../test/messages';

interface Codec {
  accept(offers: object[]): unknown;
  compress(data: Uint8Array, fin: boolean, done: (error: Error | null, data: Buffer) => void): void;
  decompress(
    data: Uint8Array,
    fin: boolean,
    done: (error: Error | null, data: Buffer) => void,
  ): void;
  cleanup(): void;
}

/** Not in the types that ws has. */
const { PerMessageDeflate } = jest.requireActual<{
  PerMessageDeflate: new (options: object) => Codec;
}>('ws');

function pass(
  codec: Codec,
  method: 'compress' | 'decompress',
  data: Uint8Array,
  fin: boolean,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    codec[method](data, fin, (error, made) => {
      if (error) reject(error);
      else resolve(made);
    });
  });
}

const MESSAGES = [prose(100), prose(5000, 2), prose(200_000, 3), noise(70_000), Buffer.alloc(0)];

describe.each([true, false])('no context takeover: %p', (noTakeover) => {
  let ours: Pair;
  let theirs: Codec;

  beforeEach(() => {
    const agreed = { serverNoContextTakeover: noTakeover, clientNoContextTakeover: noTakeover };
    ours = pairOf(extension(agreed, shared()), extension(agreed, shared()));
    theirs = new PerMessageDeflate({ isServer: true, ...agreed });
    theirs.accept([{}]);
  });

  afterEach(() => theirs.cleanup());

  test('they understand ours, whole and in parts', async () => {
    for (const data of MESSAGES) {
      for (const lengths of [[7000], [20_000, 1]]) {
        const { rsv, frames } = await sendParts(ours.client, cut(data, lengths));
        const restored: Buffer[] = [];
        for (const [index, frame] of frames.entries()) {
          const isLast = index === frames.length - 1;
          restored.push(
            rsv === 4 ? await pass(theirs, 'decompress', frame, isLast) : Buffer.from(frame),
          );
        }
        expect(Buffer.concat(restored).equals(data)).toBe(true);
      }
      const whole = await ours.client.processOutgoing(outgoing(data));
      const { data: sent, rsv } = whole;
      const restored = rsv === 4 ? await pass(theirs, 'decompress', sent, true) : sent;
      expect(data.equals(restored)).toBe(true);
    }
  });

  test('we understand theirs, whole and in parts', async () => {
    for (const data of MESSAGES) {
      const parts = cut(data, [30_000, 10]);
      const frames: Buffer[] = [];
      for (const part of parts) frames.push(await pass(theirs, 'compress', part, false));
      frames.push(await pass(theirs, 'compress', Buffer.alloc(0), true));
      const pieces = await receiveParts(ours.client, { rsv: 4 }, frames);
      expect(Buffer.concat(pieces).equals(data)).toBe(true);
      const whole = await pass(theirs, 'compress', data, true);
      const restored = await ours.client.processIncoming({ opcode: 2, rsv: 4, data: whole }, 1e6);
      expect(data.equals(restored.data)).toBe(true);
    }
  });
});

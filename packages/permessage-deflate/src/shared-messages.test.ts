/** Messages that several connections send: compressed once for all that compress alike. */
import fc from 'fast-check';
import type { ExtensionMessage, ExtensionSession } from '@ws/extensions';
import { CODECS, extension, outgoing, pairOf, prose, shared } from '../test/messages';
import type { Pair } from '../test/messages';
import type { SharedResults } from './deflate-once';
import type { DeflateOptions } from './options';

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

type Cache = SharedResults;

async function carryShared(
  data: Uint8Array,
  { client, server }: Pair,
  cache: Cache,
): Promise<ExtensionMessage> {
  const sent = await server.processOutgoing({ ...outgoing(data), shared: cache });
  expect(Buffer.from((await client.processIncoming(sent, 1_000_000)).data)).toEqual(
    Buffer.from(data),
  );
  return sent;
}

describe.each(CODECS)('on $name', ({ codec }) => {
  const parts = shared(codec);
  const pair = (options: DeflateOptions = {}): Pair =>
    pairOf(extension(options, parts), extension(options, parts));

  test('connections that compress alike send the same memory', async () => {
    const cache: Cache = new Map();
    const one = await carryShared(prose(2000), pair(), cache);
    const other = await carryShared(prose(2000), pair(TAKEOVER), cache);
    expect(other).toBe(one);
    expect(one.rsv).toBe(4);
    expect(cache.size).toBe(1);
  });

  test('a long message is compressed once, on another thread, for all that wait for it', async () => {
    const cache: Cache = new Map();
    const long = prose(100_000);
    const pairs = [pair(), pair(TAKEOVER), pair()];
    const sent = await Promise.all(pairs.map((each) => carryShared(long, each, cache)));
    expect(new Set(sent).size).toBe(1);
    expect(pair().server.processOutgoing({ ...outgoing(long), shared: cache })).toBe(sent[0]);
  });

  test('a connection that is over while it waits does not keep others from it', async () => {
    const cache: Cache = new Map();
    const [first, second] = [pair(), pair()];
    const waiting = carryShared(prose(100_000), first, cache);
    const other = carryShared(prose(100_000), second, cache);
    first.server.close();
    await expect(waiting).rejects.toThrow('the connection was over');
    expect((await other).rsv).toBe(4);
  });

  test.each<[string, DeflateOptions]>([
    ['level', { level: 1 }],
    ['memLevel', { memLevel: 1 }],
    ['window', { serverMaxWindowBits: 9 }],
  ])('another %s is compressed by itself', async (_, options) => {
    const cache: Cache = new Map();
    await carryShared(prose(2000), pair(), cache);
    await carryShared(prose(2000), pair(options), cache);
    expect(cache.size).toBe(2);
  });

  test.each<[string, Uint8Array, boolean]>([
    ['what is shorter than the threshold', prose(100), true],
    ['what is not to be compressed', prose(2000), false],
  ])('%s is left alone', async (_, data, compress) => {
    const cache: Cache = new Map();
    const message = { ...outgoing(data, compress), shared: cache };
    expect(await pair().server.processOutgoing(message)).toBe(message);
    expect(cache.size).toBe(0);
  });

  test('peers understand it between other messages, whatever these refer to', async () => {
    const options = fc.record({
      serverNoContextTakeover: fc.boolean(),
      serverMaxWindowBits: fc.integer({ min: 9, max: 15 }),
      threshold: fc.constant(0),
    });
    const message = fc.record({
      /** The peers that it is for; all of them for one that is shared. */
      to: fc.option(fc.nat(2)),
      length: fc.oneof(
        { weight: 15, arbitrary: fc.integer({ min: 0, max: 3000 }) },
        { weight: 1, arbitrary: fc.constant(17_000) },
      ),
      seed: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(options, { minLength: 3, maxLength: 3 }),
        fc.array(message, { maxLength: 12 }),
        async (agreed, messages) => {
          const pairs = agreed.map((each) => pair({ ...TAKEOVER, ...each }));
          for (const { to, length, seed } of messages) {
            const data = prose(length, seed + 1);
            const cache: Cache = new Map();
            if (to !== null) await carryOwn(data, pairs[to]);
            else for (const each of pairs) await carryShared(data, each, cache);
          }
          for (const { client, server } of pairs) close(client, server);
        },
      ),
      { numRuns: 60 },
    );
  });
});

async function carryOwn(data: Uint8Array, { client, server }: Pair): Promise<void> {
  const sent = await server.processOutgoing(outgoing(data));
  expect(Buffer.from((await client.processIncoming(sent, 1_000_000)).data)).toEqual(
    Buffer.from(data),
  );
}

function close(...sessions: ExtensionSession[]): void {
  for (const session of sessions) session.close();
}

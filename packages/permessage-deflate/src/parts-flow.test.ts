/** Messages in parts: who waits for whom, what is held meanwhile, and the end of the connection. */
import type { ExtensionSession, IncomingParts } from '@ws/extensions';
import { setImmediate } from 'node:timers/promises';
import { Transform } from 'node:stream';
import { InflateRaw, constants, deflateRawSync } from 'node:zlib';
import { emptyBlocks } from '../test/empty-blocks';
import { carry, extension, noise, outgoing, pairOf, prose, shared } from '../test/messages';
import { cut, push, receiveParts, sendParts } from '../test/parts';
import { deflaterMemory } from './codec';
import { FairQueue } from './fair-queue';
import { INFLATER_MEMORY, PIECE } from './inflater';
import type { DeflateOptions } from './options';
import type { Shared } from './permessage-deflate';

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };
const WINDOW = 32_768;
const NOTHING = Buffer.alloc(0);
/** What any small Buffer keeps alive: 8 or 64 KiB. */
const NODE_POOL = Buffer.allocUnsafe(1).buffer.byteLength;
const BOMB = deflateRawSync(Buffer.alloc(20_000_000), { finishFlush: constants.Z_SYNC_FLUSH });

function pair(parts: Shared, options: DeflateOptions = {}) {
  return pairOf(extension(options, parts), extension(options, parts));
}

function incomingParts(session: ExtensionSession): IncomingParts {
  return session.incomingParts!({ opcode: 2, rsv: 4 }, Infinity);
}

/** Somebody who takes what is emitted only when he is told to. */
function hesitant() {
  let go = (): void => undefined;
  const taken: Uint8Array[] = [];
  const emit = (piece: Uint8Array): Promise<void> => {
    taken.push(piece);
    return new Promise((resolve) => (go = resolve));
  };
  return { taken, emit, go: () => go() };
}

/** Lets zlib's threads work until they have no more to do. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await setImmediate();
}

describe('whoever takes the pieces', () => {
  test('holds the next one back: one more is made at most', async () => {
    let made = 0;
    const spy = jest.spyOn(InflateRaw.prototype, 'push').mockImplementation(function (
      this: InflateRaw,
      chunk: Buffer | null,
    ) {
      made += chunk?.byteLength ?? 0;
      return Transform.prototype.push.call(this, chunk);
    });
    const { server } = pair(shared());
    const receiver = hesitant();
    const message = incomingParts(server);
    const pushed = Promise.resolve(message.push(BOMB, false, receiver.emit));
    for (let pieces = 1; pieces <= 5; pieces++) {
      while (receiver.taken.length < pieces) await setImmediate();
      await idle();
      expect(receiver.taken).toHaveLength(pieces);
      expect(made).toBeLessThanOrEqual((pieces + 1) * PIECE);
      receiver.go();
    }
    spy.mockRestore();
    server.close();
    await expect(pushed).rejects.toThrow();
    expect(receiver.taken.every(({ byteLength }) => byteLength <= PIECE)).toBe(true);
  });

  test('holds up nobody else', async () => {
    const parts = { ...shared(), jobs: new FairQueue(1) };
    const stalled = [1, 2, 3].map(() => pair(parts).server);
    for (const session of stalled) {
      void incomingParts(session).push(BOMB, false, hesitant().emit);
    }
    const { client, server } = pair(parts);
    expect((await carry(prose(200_000), client, server)).received).toEqual(prose(200_000));
    stalled.forEach((session) => session.close());
  });
});

test('a short message overtakes the bombs of others', async () => {
  const parts = { ...shared(), jobs: new FairQueue(1) };
  const { client, server } = pair(parts);
  const sent = await client.processOutgoing(outgoing(prose(150_000)));
  const ends: string[] = [];
  const bombs = Array.from({ length: 4 }, async () => {
    await receiveParts(pair(parts).server, { rsv: 4 }, [BOMB.subarray(0, -4)]);
    ends.push('bomb');
  });
  const { data } = await server.processIncoming(sent, 150_000);
  ends.push('message');
  await Promise.all(bombs);
  expect(data).toEqual(prose(150_000));
  expect(ends[0]).toBe('message');
});

test('blocks that come to nothing take a turn for every 16 KiB', async () => {
  const parts = shared();
  const run = jest.spyOn(parts.jobs, 'run');
  await receiveParts(pair(parts).server, { rsv: 4 }, [emptyBlocks(262_144), NOTHING]);
  expect(run.mock.calls.length).toBeGreaterThanOrEqual(16);
});

test('a small piece keeps no large memory alive', async () => {
  const { client, server } = pair(shared());
  const { frames } = await sendParts(client, cut(prose(1000), [100]));
  for (const piece of await receiveParts(server, { rsv: 4 }, frames)) {
    expect(piece.buffer.byteLength).toBeLessThanOrEqual(NODE_POOL);
  }
});

describe('memory counts', () => {
  test.each([
    ['without context takeover', {}, 0, INFLATER_MEMORY + WINDOW],
    ['with context takeover', TAKEOVER, WINDOW, INFLATER_MEMORY],
  ])('while a message arrives, %s', async (_, options, before, taken) => {
    const parts = shared();
    const { client, server } = pair(parts, options);
    const { frames } = await sendParts(client, [prose(3000), prose(3000)]);
    client.close();
    expect(parts.memory.used).toBe(before);
    const message = incomingParts(server);
    await push(message, frames[0], false, []);
    expect(parts.memory.used).toBe(before + taken);
    await push(message, Buffer.concat(frames.slice(1)), true, []);
    expect(parts.memory.used).toBe(before);
  });

  test('while a message is sent: a window, and a compressor while there is room', async () => {
    const parts = shared();
    const { client } = pair(parts);
    const message = client.outgoingParts!({ opcode: 2, rsv: 0, compress: true });
    await message.push(prose(3000), false);
    expect(parts.memory.used).toBe(WINDOW);
    await message.push(prose(3000), false);
    const compressor = deflaterMemory({ level: 6, memLevel: 8, strategy: 0, windowBits: 15 });
    expect(parts.memory.used % WINDOW).toBe(0);
    expect(parts.memory.used).toBeLessThanOrEqual(WINDOW + compressor);
    await message.push(NOTHING, true);
    expect(parts.memory.used).toBe(0);
  });

  test('when there is none, parts do not refer to each other', async () => {
    const parts = shared();
    const { client, server } = pair(parts, { maxContextMemory: 0 });
    const { rsv, frames } = await sendParts(client, [prose(3000), prose(3000), prose(50_000)]);
    expect(parts.memory.used).toBe(0);
    expect(frames[1]).toEqual(frames[0]);
    const pieces = await receiveParts(server, { rsv }, frames);
    expect(Buffer.concat(pieces)).toEqual(Buffer.concat([prose(3000), prose(3000), prose(50_000)]));
  });
});

describe('the end of the connection', () => {
  test.each([{}, TAKEOVER])('rejects what is in flight, and holds nothing: %p', async (options) => {
    const parts = shared();
    const { client, server } = pair(parts, options);
    const message = client.outgoingParts!({ opcode: 2, rsv: 0, compress: true });
    await message.push(prose(3000), false);
    const receiver = hesitant();
    const pending = [
      Promise.resolve(message.push(prose(500_000), false)),
      Promise.resolve(incomingParts(server).push(BOMB, false, receiver.emit)),
    ];
    while (receiver.taken.length === 0) await setImmediate();
    client.close();
    server.close();
    receiver.go();
    const outcomes = await Promise.allSettled(pending);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await idle();
    expect(parts.memory.used).toBe(0);
    expect(receiver.taken).toHaveLength(1);
  });

  test('in the middle of a turn lets the next connection have one', async () => {
    const parts = { ...shared(), jobs: new FairQueue(1) };
    const destroy = jest.spyOn(InflateRaw.prototype, 'destroy');
    const { server } = pair(parts);
    const pushed = Promise.resolve(incomingParts(server).push(BOMB, false, () => undefined));
    server.close();
    await expect(pushed).rejects.toThrow('the connection was over');
    expect(destroy).toHaveBeenCalled();
    destroy.mockRestore();
    const other = pair(parts);
    expect((await carry(noise(50_000), other.client, other.server)).carried).toBe(50_000);
  });
});

test('a part whose memory is taken away ends the message, and nothing else', async () => {
  const { client } = pair(shared());
  const message = client.outgoingParts!({ opcode: 2, rsv: 0, compress: true });
  const part = new Uint8Array(prose(500_000));
  const pushed = message.push(part, false);
  structuredClone(part.buffer, { transfer: [part.buffer] });
  await expect(pushed).rejects.toThrow('the memory of the message was taken away');
});

/**
 * What is held for a peer is in proportion to what it has sent: at most two bytes for each, and a
 * small constant. Measured, after a garbage collection, with everything that is held still in use.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CLIENT, MessageDecoder, SERVER, type Role } from '@ws/frame-parser';
import { settled } from '../../connection/test/duplex-pair';
import { Joined } from '../../connection/test/memory-opening';
import { Recorder } from './bytes/told';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const HELD_PER_BYTE = 2;
/** What the measurement itself and the runtime's own doings may add. */
const CONSTANT = 300_000;
const MILLION = 1_000_000;
const CHUNK = 60_000;

function memory(): number {
  for (let times = 0; times < 3; times++) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Feeds a new decoder `first`, and then `rest` so many times, in chunks; returns what it holds. */
function heldOf(at: Role, first: number[], rest: number[], times: number): number {
  const decoder = new MessageDecoder(at, new Recorder());
  decoder.push(Uint8Array.from(first));
  const perChunk = Math.floor(CHUNK / rest.length);
  const whole = Uint8Array.from(
    { length: perChunk * rest.length },
    (_, i) => rest[i % rest.length],
  );
  const before = memory();
  for (let left = times; left > 0; left -= perChunk) {
    decoder.push(whole.slice(0, Math.min(left, perChunk) * rest.length));
  }
  const held = memory() - before;
  decoder.push(Uint8Array.of(0xff));
  return held;
}

const KEY = [0, 0, 0, 0];

test.each([
  ['a million empty fragments, to a client', CLIENT, [2, 0], [0, 0]],
  ['a million empty fragments, to a server', SERVER, [2, 0x80, ...KEY], [0, 0x80, ...KEY]],
  ['a million fragments of a byte, to a client', CLIENT, [2, 0], [0, 1, 7]],
  ['a million fragments of a byte of text', CLIENT, [1, 0], [0, 1, 0x61]],
  ['a million fragments of a byte, to a server', SERVER, [2, 0x80, ...KEY], [0, 0x81, ...KEY, 7]],
])('%s', (_, at, first, rest) => {
  const received = MILLION * rest.length;
  expect(heldOf(at, first, rest, MILLION)).toBeLessThan(received * HELD_PER_BYTE + CONSTANT);
});

test('a frame of a million bytes that comes byte by byte', () => {
  const recorder = new Recorder();
  const decoder = new MessageDecoder(CLIENT, recorder);
  decoder.push(Uint8Array.of(0x82, 127, 0, 0, 0, 0, ...lengthOf(MILLION)));
  const before = memory();
  for (let i = 1; i < MILLION; i++) decoder.push(Uint8Array.of(i));
  expect(memory() - before).toBeLessThan(MILLION * HELD_PER_BYTE + CONSTANT);
  expect(recorder.told).toEqual([]);
  decoder.push(Uint8Array.of(1));
  expect(recorder.told.map(([kind]) => kind)).toEqual(['binary']);
});

test('64 MiB announced on each of a thousand connections, that never come', async () => {
  const pairs = Array.from({ length: 1000 }, () => new Joined().open());
  await settled();
  const before = memory();
  const header = Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, ...lengthOf(2 ** 26 - 1), ...KEY, 1);
  for (const { clientSide } of pairs) clientSide.write(header);
  await settled();
  const perConnection = (memory() - before) / pairs.length;
  expect(perConnection).toBeLessThan(4096);
  expect(pairs.every(({ server }) => server.readyState === server.OPEN)).toBe(true);
  for (const { client, server } of pairs) [client, server].forEach((ws) => ws.terminate());
  await settled();
});

/** 32 bits, the most significant first. */
function lengthOf(length: number): number[] {
  return [24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff);
}

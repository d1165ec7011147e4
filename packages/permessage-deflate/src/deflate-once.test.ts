/** A message that several connections send: what happens when it cannot be compressed. */
import { COMPRESSION, outgoing, prose, shared } from '../test/messages';
import { deflateOnce } from './deflate-once';
import type { SharedResults } from './deflate-once';

test('those that wait are told what has failed, and later ones try again', async () => {
  const { codec, jobs } = shared();
  const compressor = { compression: { ...COMPRESSION, windowBits: 99 }, shared: { codec }, jobs };
  const results: SharedResults = new Map();
  const message = outgoing(prose(100_000));
  const first = deflateOnce(message, results, compressor);
  const second = deflateOnce(message, results, compressor);
  expect(second).toBe(first);
  await expect(first).rejects.toThrow('windowBits');
  expect(results.size).toBe(0);
});

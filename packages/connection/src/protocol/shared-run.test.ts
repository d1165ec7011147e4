import { take } from '../../test/pair';
import { Outbox } from './outbox';
import { ownRun, sharedRun, type SharedRun } from './shared-run';

const ascii = (characters: string): Uint8Array => Buffer.from(characters, 'latin1');
const text = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('latin1');
const memoryOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

/** What an outbox sends of these. */
function sent(...runs: readonly SharedRun[]): Uint8Array[] {
  const outbox = new Outbox();
  for (const run of runs) outbox.appendShared(run);
  return take(outbox);
}

test('frames made one after another leave in one piece, the same for every connection', () => {
  const runs = ['one ', 'two ', 'three'].map((frame) => sharedRun(ascii(frame)));
  const [left, right] = [sent(...runs), sent(...runs)];
  expect(text(left)).toBe('one two three');
  expect(left).toHaveLength(1);
  expect(left[0]).toBe(right[0]);
});

test('one that is left out, or sent twice, makes two pieces', () => {
  const [one, two, three] = ['one ', 'two ', 'three'].map((frame) => sharedRun(ascii(frame)));
  expect(sent(one, three).map((piece) => text([piece]))).toEqual(['one ', 'three']);
  expect(sent(two, two).map((piece) => text([piece]))).toEqual(['two ', 'two ']);
});

test('what is made in between belongs to its own connection alone', () => {
  const [left, right] = [new Outbox(), new Outbox()];
  const write = (outbox: Outbox, bytes: Uint8Array): void => {
    const offset = outbox.claim(bytes.byteLength);
    outbox.memory.set(bytes, offset);
    outbox.commit(offset + bytes.byteLength);
  };
  const one = sharedRun(ascii('one '));
  for (const outbox of [left, right]) outbox.appendShared(one);
  write(left, ascii('left '));
  const two = sharedRun(ascii('two '));
  for (const outbox of [left, right]) outbox.appendShared(two);
  write(right, ascii('right'));
  expect(text(take(left))).toBe('one left two ');
  expect(text(take(right))).toBe('one two right');
});

test('the memory is never written to again, though it has left everywhere', () => {
  const first = sharedRun(ascii('first'));
  const [piece] = (() => {
    const outbox = new Outbox();
    outbox.appendShared(first);
    return take(outbox, true);
  })();
  for (let count = 0; count < 10_000; count++) sharedRun(ascii('other'));
  expect(text([piece])).toBe('first');
});

describe('a slow reader', () => {
  /** An outbox that the network takes nothing of. */
  function kept(runs: readonly SharedRun[]): Uint8Array[] {
    const outbox = new Outbox();
    for (const run of runs) {
      outbox.appendShared(run);
      outbox.keep();
    }
    return take(outbox);
  }

  test('keeps copies of short frames, and pins none of the memory that others share', () => {
    const runs = Array.from({ length: 100 }, () => sharedRun(ascii('short')));
    const pieces = kept(runs);
    expect(text(pieces)).toBe('short'.repeat(100));
    expect(memoryOf(pieces)).toBeLessThanOrEqual(1024);
  });

  test('keeps long ones by reference: one memory, however many are slow', () => {
    const run = ownRun(new Uint8Array(100_000));
    const memories = new Set([...kept([run]), ...kept([run])].map(({ buffer }) => buffer));
    expect(memories.size).toBe(1);
  });
});

test('frames too long to lie beside others have memory of their own', () => {
  const long = sharedRun(new Uint8Array(5000));
  expect(memoryOf(sent(long))).toBe(5000);
});

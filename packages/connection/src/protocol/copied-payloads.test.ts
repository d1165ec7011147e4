/** Which payloads are copied to leave in one piece with their header. */
import { take } from '../../test/pair';
import { lendOutbox, type Outbox } from './outbox';

const KIB = 1024;
const writer = { knowsReaders: true, write: () => true, writeAll: () => true };

function append(outbox: Outbox, length: number): void {
  outbox.commit(outbox.claim(length + 14) + length);
}

test.each([
  [0, true, true],
  [16 * KIB - 1, true, true],
  [16 * KIB, true, false],
  [64 * KIB - 1, true, false],
  [64 * KIB, false, false],
])(
  'a payload of %d bytes: %s; for a stream that may be read later: %s',
  (length, known, unknown) => {
    expect(lendOutbox(writer).takesCopy(length)).toBe(known);
    expect(lendOutbox({ ...writer, knowsReaders: false }).takesCopy(length)).toBe(unknown);
  },
);

test('only while there is room for it: what goes to many in one tick is not copied for all', () => {
  const outboxes = Array.from({ length: 100 }, () => lendOutbox(writer));
  const copies = outboxes.filter((outbox) => {
    const copied = outbox.takesCopy(20 * KIB);
    if (copied) append(outbox, 20 * KIB);
    return copied;
  });
  expect(copies).toHaveLength(12);
  for (const outbox of copies) take(outbox, true);
  expect(lendOutbox(writer).takesCopy(20 * KIB)).toBe(true);
});

test('not while the network takes nothing', () => {
  const outbox = lendOutbox(writer);
  append(outbox, 5);
  outbox.keep();
  expect(outbox.takesCopy(20 * KIB)).toBe(false);
  take(outbox);
  expect(outbox.takesCopy(20 * KIB)).toBe(true);
});

test('again in new memory when memory that others may still read is full', () => {
  const outbox = lendOutbox(writer);
  for (let count = 0; count < 40; count++) {
    expect(outbox.takesCopy(20 * KIB)).toBe(true);
    append(outbox, 20 * KIB);
    take(outbox);
  }
});

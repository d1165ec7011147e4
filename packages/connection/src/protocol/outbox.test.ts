import fc from 'fast-check';
import { joined } from '../../test/pair';
import { LARGEST_CLAIM, Outbox } from './outbox';

/** Copies `bytes` into the shared memory, as a wire does with a small frame. */
function append(outbox: Outbox, bytes: Uint8Array, claimed: number = bytes.byteLength): void {
  const offset = outbox.claim(claimed);
  outbox.slab.set(bytes, offset);
  outbox.commit(offset + bytes.byteLength);
}

const filled = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);
const text = (taken: Uint8Array[] | Uint8Array): string => joined(taken).toString('latin1');
const ascii = (characters: string): Uint8Array => Buffer.from(characters, 'latin1');

test('small frames lie one behind the other, in one piece', () => {
  const outbox = new Outbox();
  append(outbox, ascii('one '), 14);
  append(outbox, ascii('two '), 14);
  append(outbox, ascii('three'), 14);
  expect(outbox.bytes).toBe(13);
  const taken = outbox.take();
  expect(taken).toBeInstanceOf(Uint8Array);
  expect(text(taken)).toBe('one two three');
  expect(outbox.bytes).toBe(0);
});

test('frames and references keep their order, and references are not copied', () => {
  const outbox = new Outbox();
  const large = ascii('[large]');
  append(outbox, ascii('a'));
  outbox.appendByReference(large);
  outbox.appendByReference(large);
  append(outbox, ascii('b'));
  append(outbox, ascii('c'));
  expect(outbox.bytes).toBe(17);
  const taken = outbox.take() as Uint8Array[];
  expect(taken.map(text)).toEqual(['a', '[large]', '[large]', 'bc']);
  expect(taken[1]).toBe(large);
});

test('frames of two connections in turn keep apart', () => {
  const [left, right] = [new Outbox(), new Outbox()];
  for (const digit of '123') {
    append(left, ascii(`L${digit}`), 10);
    append(right, ascii(`R${digit}`), 10);
  }
  expect(text(left.take())).toBe('L1L2L3');
  expect(text(right.take())).toBe('R1R2R3');
});

test('a claim that the slab has no room for begins another slab', () => {
  const outbox = new Outbox();
  const pieces = [1, 2, 3, 4, 5].map((byte) => filled(byte, LARGEST_CLAIM));
  for (const piece of pieces) append(outbox, piece);
  expect(outbox.bytes).toBe(5 * LARGEST_CLAIM);
  expect(joined(outbox.take()).equals(Buffer.concat(pieces))).toBe(true);
});

test('what is cleared does not leave', () => {
  const outbox = new Outbox();
  append(outbox, ascii('lost'));
  outbox.appendByReference(ascii('lost'));
  append(outbox, ascii('lost'));
  outbox.clear();
  expect(outbox.bytes).toBe(0);
  append(outbox, ascii('kept'));
  expect(text(outbox.take())).toBe('kept');
});

describe('recycling', () => {
  test('gives the same memory out again', () => {
    const outbox = new Outbox();
    append(outbox, ascii('first'));
    const taken = outbox.take() as Uint8Array;
    outbox.recycle(taken);
    append(outbox, ascii('again'));
    const again = outbox.take() as Uint8Array;
    expect([again.buffer, again.byteOffset]).toEqual([taken.buffer, taken.byteOffset]);
  });

  test('leaves alone what has been claimed since, by another connection', () => {
    const [left, right] = [new Outbox(), new Outbox()];
    append(left, ascii('left'));
    const taken = left.take();
    append(right, ascii('right'));
    left.recycle(taken);
    append(left, ascii('LEFT'));
    expect(text(right.take())).toBe('right');
  });

  test('leaves alone what has been claimed since, by the same connection', () => {
    const outbox = new Outbox();
    append(outbox, ascii('first'));
    const taken = outbox.take();
    append(outbox, ascii('second'));
    outbox.recycle(taken);
    append(outbox, ascii('third'));
    expect(text(outbox.take())).toBe('secondthird');
  });
});

describe('whatever several connections do', () => {
  interface Action {
    readonly kind: 'append' | 'reference' | 'take' | 'takeAndRecycle' | 'clear';
    readonly which: number;
    readonly size: number;
  }
  const action: fc.Arbitrary<Action> = fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant('append' as const) },
      fc.constantFrom('reference', 'take', 'takeAndRecycle', 'clear'),
    ),
    which: fc.nat(2),
    size: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: LARGEST_CLAIM })),
  });

  class Model {
    private readonly outboxes = [new Outbox(), new Outbox(), new Outbox()];
    private readonly expected: Uint8Array[][] = [[], [], []];
    private readonly onTheirWay: { taken: Buffer; expected: Buffer }[] = [];
    private count = 0;

    do({ kind, which, size }: Action): void {
      const outbox = this.outboxes[which];
      const bytes = filled(++this.count, size);
      if (kind === 'append' || kind === 'reference') this.expected[which].push(bytes);
      if (kind === 'append') append(outbox, bytes, Math.min(size + 12, LARGEST_CLAIM));
      else if (kind === 'reference') outbox.appendByReference(bytes);
      else if (kind === 'clear') this.clear(which);
      else if (outbox.bytes > 0) this.take(which, kind === 'takeAndRecycle');
    }

    expectUntouched(): void {
      this.outboxes.forEach((outbox, which) => {
        if (outbox.bytes > 0) this.take(which, false);
      });
      for (const { taken, expected } of this.onTheirWay) expect(taken.equals(expected)).toBe(true);
    }

    private clear(which: number): void {
      this.outboxes[which].clear();
      this.expected[which] = [];
    }

    private take(which: number, recycle: boolean): void {
      const outbox = this.outboxes[which];
      const expected = Buffer.concat(this.expected[which]);
      this.expected[which] = [];
      expect(outbox.bytes).toBe(expected.byteLength);
      const taken = outbox.take();
      const parts = Array.isArray(taken) ? taken : [taken];
      expect(Buffer.concat(parts).equals(expected)).toBe(true);
      if (recycle) outbox.recycle(taken);
      else this.keep(parts, expected);
    }

    /** Keeps views of the shared memory, to be looked at when everybody has gone on. */
    private keep(parts: Uint8Array[], expected: Buffer): void {
      let offset = 0;
      for (const part of parts) {
        const taken = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
        const end = offset + part.byteLength;
        this.onTheirWay.push({ taken, expected: expected.subarray(offset, end) });
        offset = end;
      }
    }
  }

  test('what is taken is what was committed, and stays so until it is recycled', () => {
    const law = fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const model = new Model();
      for (const one of actions) model.do(one);
      model.expectUntouched();
    });
    fc.assert(law, { numRuns: 300 });
  });
});

import fc from 'fast-check';
import { take } from '../../test/pair';
import { Outbox } from './outbox';
import { sharedRun, type SharedRun } from './shared-run';
import { SLAB_SIZE } from './slab';

/** Copies `bytes` into the shared memory, as a wire does with a small frame. */
function append(outbox: Outbox, bytes: Uint8Array, claimed: number = bytes.byteLength): void {
  const offset = outbox.claim(claimed);
  outbox.memory.set(bytes, offset);
  outbox.commit(offset + bytes.byteLength);
}

const LARGE = SLAB_SIZE / 2;
/** What any small Buffer keeps alive: 8 or 64 KiB. */
const NODE_POOL = Buffer.allocUnsafe(1).buffer.byteLength;

const filled = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);
const text = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('latin1');
const ascii = (characters: string): Uint8Array => Buffer.from(characters, 'latin1');

test('small frames lie one behind the other, in one piece', () => {
  const outbox = new Outbox();
  append(outbox, ascii('one '), 14);
  append(outbox, ascii('two '), 14);
  append(outbox, ascii('three'), 14);
  expect(outbox.bytes).toBe(13);
  const pieces = take(outbox);
  expect(pieces).toHaveLength(1);
  expect(text(pieces)).toBe('one two three');
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
  const pieces = take(outbox);
  expect(pieces.map((piece) => text([piece]))).toEqual(['a', '[large]', '[large]', 'bc']);
  expect(pieces[1]).toBe(large);
});

test('frames of two connections in turn keep apart', () => {
  const [left, right] = [new Outbox(), new Outbox()];
  for (const digit of '123') {
    append(left, ascii(`L${digit}`), 10);
    append(right, ascii(`R${digit}`), 10);
  }
  expect(text(take(left))).toBe('L1L2L3');
  expect(text(take(right))).toBe('R1R2R3');
});

test('a claim that the slab has no room for begins another slab', () => {
  const outbox = new Outbox();
  const pieces = [1, 2, 3, 4, 5].map((byte) => filled(byte, LARGE));
  for (const piece of pieces) append(outbox, piece);
  expect(outbox.bytes).toBe(5 * LARGE);
  expect(Buffer.concat(take(outbox)).equals(Buffer.concat(pieces))).toBe(true);
});

test('what is cleared does not leave', () => {
  const outbox = new Outbox();
  append(outbox, ascii('lost'));
  outbox.appendByReference(ascii('lost'));
  append(outbox, ascii('lost'));
  outbox.clear();
  expect(outbox.bytes).toBe(0);
  append(outbox, ascii('kept'));
  expect(text(take(outbox))).toBe('kept');
});

describe('the shared memory', () => {
  const LONG = 10_000;

  test('is written to again when it is certain that nobody reads it', () => {
    const outbox = new Outbox();
    const places = new Set<unknown>();
    for (let byte = 1; byte < 50; byte++) {
      append(outbox, filled(byte, LONG));
      const [piece] = take(outbox, true);
      places.add(piece.buffer);
    }
    expect(places.size).toBeLessThanOrEqual(2);
  });

  test('is not when somebody may', () => {
    const outbox = new Outbox();
    append(outbox, filled(1, LONG));
    const [kept] = take(outbox);
    for (let byte = 2; byte < 50; byte++) {
      append(outbox, filled(byte, LONG));
      take(outbox, true);
    }
    expect(kept).toEqual(Buffer.from(filled(1, LONG)));
  });

  test('is not pinned by a small part of it: that leaves by a copy of its own size', () => {
    const outbox = new Outbox();
    append(outbox, filled(1, 2000), 6000);
    const [alone] = take(outbox);
    append(outbox, filled(2, 2000), 6000);
    outbox.appendByReference(ascii('[large]'));
    const [first] = take(outbox);
    expect([alone, first].map(({ buffer }) => buffer.byteLength)).toEqual([2000, 2000]);
  });

  test('nor while others have something in it', () => {
    const [left, right] = [new Outbox(), new Outbox()];
    append(left, filled(1, LONG));
    append(right, filled(2, LONG));
    take(left, true);
    append(left, filled(3, LONG));
    expect(take(right, true)[0].every((byte) => byte === 2)).toBe(true);
  });

  test.each([
    ['claimed as few', 4],
    ['claimed as many', LONG],
  ])('is pinned in proportion by a few bytes, %s', (_, claimed) => {
    const outbox = new Outbox();
    append(outbox, ascii('four'), claimed);
    const [piece] = take(outbox);
    expect(piece.buffer.byteLength).toBeLessThanOrEqual(NODE_POOL);
  });

  test('is exchanged for a larger one when a run outgrows it, and the run stays in one piece', () => {
    const [outbox, other] = [new Outbox(), new Outbox()];
    const frames = Array.from({ length: 50 }, (_, byte) => filled(byte, 300));
    append(other, ascii('other'));
    for (const frame of frames) append(outbox, frame);
    const pieces = take(outbox);
    expect(pieces).toHaveLength(1);
    expect(Buffer.concat(frames).equals(pieces[0])).toBe(true);
    expect(text(take(other))).toBe('other');
  });

  test('that a run has outgrown is free again', () => {
    const [outbox, other] = [new Outbox(), new Outbox()];
    append(other, ascii('other'));
    const { buffer } = other.memory;
    const places = Array.from({ length: 5 }, () => {
      for (let count = 0; count < 20; count++) append(outbox, filled(1, 300));
      take(outbox, true);
      append(outbox, ascii('next'));
      return outbox.memory.buffer === buffer;
    });
    expect(places).toEqual(places.map(() => true));
  });

  test('is pinned by nothing that waits: it is kept in memory in proportion', () => {
    const [outbox, busy] = [new Outbox(), new Outbox()];
    for (let count = 0; count < 500; count++) {
      append(outbox, ascii('four'));
      append(busy, filled(1, LONG));
      outbox.keep();
      take(busy, true);
    }
    const pieces = take(outbox);
    const memory = pieces.reduce((sum, piece) => sum + piece.buffer.byteLength, 0);
    expect(text(pieces)).toBe('four'.repeat(500));
    expect(memory).toBeLessThan(2 * 2000 + 300);
  });

  test('what is kept stays in order with what comes behind it', () => {
    const outbox = new Outbox();
    append(outbox, ascii('a'));
    outbox.appendByReference(ascii('[b]'));
    append(outbox, ascii('c'));
    outbox.keep();
    append(outbox, ascii('d'));
    outbox.appendByReference(ascii('[e]'));
    append(outbox, ascii('f'));
    expect(outbox.bytes).toBe(10);
    expect(text(take(outbox))).toBe('a[b]cd[e]f');
  });
});

describe('a payload by reference whose memory was', () => {
  const CHANGES: [string, (memory: ArrayBuffer) => void][] = [
    ['transferred', (memory) => structuredClone(memory, { transfer: [memory] })],
    ['shrunk', (memory) => (memory as unknown as { resize(size: number): void }).resize(5)],
    ['grown', (memory) => (memory as unknown as { resize(size: number): void }).resize(30)],
  ];

  test.each(CHANGES)('%s is dropped with its header and all behind it', (_name, change) => {
    const outbox = new Outbox();
    const ResizableBuffer = ArrayBuffer as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer;
    const memory = new ResizableBuffer(20, { maxByteLength: 40 });
    append(outbox, ascii('before'));
    append(outbox, ascii('head'));
    outbox.appendByReference(new Uint8Array(memory), 4);
    append(outbox, ascii('behind'));
    expect(outbox.dropChanged()).toBe(false);
    change(memory);
    expect(outbox.dropChanged()).toBe(true);
    append(outbox, ascii('!'));
    expect(outbox.bytes).toBe(7);
    expect(text(take(outbox))).toBe('before!');
  });
});

describe('whatever several connections do', () => {
  interface Action {
    readonly kind: 'append' | 'share' | 'reference' | 'take' | 'takeAndFree' | 'keep' | 'clear';
    readonly which: number;
    readonly size: number;
  }
  const action: fc.Arbitrary<Action> = fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant('append' as const) },
      { weight: 6, arbitrary: fc.constant('share' as const) },
      fc.constantFrom('reference', 'take', 'takeAndFree', 'keep', 'clear'),
    ),
    which: fc.nat(2),
    size: fc.oneof(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: LARGE }),
      fc.integer({ min: 1, max: 5 * LARGE }),
    ),
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
      if (kind === 'share') this.share(sharedRun(bytes), bytes);
      else if (kind === 'append') append(outbox, bytes, size + 12);
      else if (kind === 'reference') outbox.appendByReference(bytes);
      else if (kind === 'clear') this.clear(which);
      else if (kind === 'keep') outbox.keep();
      else if (outbox.bytes > 0) this.take(which, kind === 'takeAndFree');
    }

    expectUntouched(): void {
      this.outboxes.forEach((outbox, which) => {
        if (outbox.bytes > 0) this.take(which, false);
      });
      for (const { taken, expected } of this.onTheirWay) expect(taken.equals(expected)).toBe(true);
    }

    private share(run: SharedRun, bytes: Uint8Array): void {
      this.outboxes.forEach((outbox, which) => {
        outbox.appendShared(run);
        this.expected[which].push(bytes);
      });
    }

    private clear(which: number): void {
      this.outboxes[which].clear();
      this.expected[which] = [];
    }

    private take(which: number, isFree: boolean): void {
      const outbox = this.outboxes[which];
      const expected = Buffer.concat(this.expected[which]);
      this.expected[which] = [];
      expect(outbox.bytes).toBe(expected.byteLength);
      const parts = take(outbox, isFree);
      expect(Buffer.concat(parts).equals(expected)).toBe(true);
      if (!isFree) this.keep(parts, expected);
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

  test('what is taken is what was committed, and stays so unless it is free', () => {
    const law = fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const model = new Model();
      for (const one of actions) model.do(one);
      model.expectUntouched();
    });
    fc.assert(law, { numRuns: 300 });
  });
});

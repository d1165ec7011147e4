/** Streams of bytes to decode: valid ones with what they mean, damaged ones, garbage. */
import fc from 'fast-check';
import {
  CLIENT,
  encodeClosePayload,
  encodeFragments,
  encodeFrame,
  encodeHixieText,
  HIXIE_CLOSING_FRAME,
  OPCODE,
  SERVER,
  type Role,
} from '@ws/frame-parser';
import { hexOf, type Feeding, type Told } from './told';

/** Always the same, since a run has to be repeatable; any other way to mask is damage. */
const maskingKey = (): number => 0x8102f304 | 0;

/** Bytes, and what a decoder is to tell of them. */
export interface Stream {
  readonly wire: Uint8Array;
  readonly told: readonly Told[];
}

export const role: fc.Arbitrary<Role> = fc.constantFrom(CLIENT, SERVER);

export const feeding: fc.Arbitrary<Feeding> = fc.record({
  cuts: fc.array(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })), {
    maxLength: 12,
  }),
  pauses: fc.boolean(),
  borrowed: fc.boolean(),
});

export const garbage: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  // Mostly bytes that mean something in one framing or another.
  fc
    .array(
      fc.constantFrom(0, 1, 2, 8, 9, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x88, 0x89, 0xfe, 0xff),
      { maxLength: 60 },
    )
    .map((bytes) => Uint8Array.from(bytes)),
);

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.integer({ min: 40, max: 130 }).map((length) => 'é'.repeat(length)),
);
const opcode = fc.constantFrom(OPCODE.TEXT, OPCODE.BINARY);
const control = fc.record({
  kind: fc.constantFrom('ping' as const, 'pong' as const),
  data: fc.uint8Array({ maxLength: 125 }),
});
const message = fc.record({
  opcode,
  text,
  /** Short enough never to make more fragments than are allowed. */
  fragmentLength: fc.integer({ min: 8, max: 400 }),
  inside: fc.option(control),
});
const ending = fc.option(
  fc.record({
    code: fc.constantFrom(1000, 1001, 1005, 3000, 4999),
    reason: fc.constantFrom('', 'µ'),
  }),
);

/** What the peer of `at` sends: messages, control frames in the midst of them, maybe a close. */
export function validStream(at: Role): fc.Arbitrary<Stream> {
  const sender = at === CLIENT ? SERVER : CLIENT;
  return fc
    .tuple(fc.array(fc.oneof(message, control), { maxLength: 6 }), ending)
    .map(([items, end]) => {
      const streams = items.map((item) =>
        'kind' in item ? controlStream(sender, item) : messageStream(sender, item),
      );
      return joined(end === null ? streams : [...streams, closeStream(sender, end)]);
    });
}

/** What a peer of the old drafts sends. */
export const hixieStream: fc.Arbitrary<Stream> = fc
  .tuple(
    fc.array(fc.oneof(text.map(hixieTextStream), skippedStream()), { maxLength: 8 }),
    fc.boolean(),
  )
  .map(([streams, closes]) => {
    const close: Stream = { wire: HIXIE_CLOSING_FRAME, told: [['close', 1000, '']] };
    return joined(closes ? [...streams, close] : streams);
  });

/** Something that happens to bytes on their way. */
export type Damage = (wire: Uint8Array) => Uint8Array;

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const oneDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(at, fc.nat(7)).map(([where, bit]): Damage => (wire) => {
    const index = Math.floor(where * wire.length);
    return wire.map((byte, i) => (i === index ? byte ^ (1 << bit) : byte));
  }),
  fc.tuple(at, fc.uint8Array({ maxLength: 9 })).map(([where, added]): Damage => (wire) => {
    const index = Math.floor(where * wire.length);
    return Uint8Array.from([...wire.subarray(0, index), ...added, ...wire.subarray(index)]);
  }),
  fc.tuple(at, fc.integer({ min: 1, max: 9 })).map(([where, count]): Damage => (wire) => {
    const index = Math.floor(where * wire.length);
    return Uint8Array.from([...wire.subarray(0, index), ...wire.subarray(index + count)]);
  }),
);

/** Up to three things that go wrong with the same bytes. */
export const damage: fc.Arbitrary<Damage> = fc
  .array(oneDamage, { minLength: 1, maxLength: 3 })
  .map((damages) => (wire) => damages.reduce((bytes, harm) => harm(bytes), wire));

/** The bytes of a stream with up to three things wrong. */
export function damaged(stream: fc.Arbitrary<Stream>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(stream, damage).map(([{ wire }, harm]) => harm(wire));
}

function joined(streams: readonly Stream[]): Stream {
  return {
    wire: Buffer.concat(streams.map(({ wire }) => wire)),
    told: streams.flatMap(({ told }) => told),
  };
}

interface Message {
  readonly opcode: number;
  readonly text: string;
  readonly fragmentLength: number;
  readonly inside: Control | null;
}

/** The control frame stands before the last fragment. */
function messageStream(sender: Role, { opcode, text, fragmentLength, inside }: Message): Stream {
  const bytes = Buffer.from(text);
  const frames = encodeFragments(sender, { opcode, payload: text }, fragmentLength, maskingKey);
  const told: Told = opcode === OPCODE.TEXT ? ['text', bytes.toString()] : ['binary', hexOf(bytes)];
  const message = { wire: frames.at(-1)!, told: [told] };
  const before = { wire: Buffer.concat(frames.slice(0, -1)), told: [] };
  return joined(
    inside === null ? [before, message] : [before, controlStream(sender, inside), message],
  );
}

interface Control {
  readonly kind: 'ping' | 'pong';
  readonly data: Uint8Array;
}

function controlStream(sender: Role, { kind, data }: Control): Stream {
  const opcode = kind === 'ping' ? OPCODE.PING : OPCODE.PONG;
  return {
    wire: encodeFrame(sender, { opcode, payload: data }, maskingKey),
    told: [[kind, hexOf(data)]],
  };
}

function closeStream(sender: Role, { code, reason }: { code: number; reason: string }): Stream {
  const isBare = code === 1005;
  const payload = isBare ? encodeClosePayload() : encodeClosePayload(code, reason);
  const wire = encodeFrame(sender, { opcode: OPCODE.CLOSE, payload }, maskingKey);
  return { wire, told: [['close', code, isBare ? '' : reason]] };
}

function hixieTextStream(text: string): Stream {
  return { wire: encodeHixieText(text), told: [['text', Buffer.from(text).toString()]] };
}

/** A frame with a length, which the drafts have a receiver skip. */
function skippedStream(): fc.Arbitrary<Stream> {
  return fc
    .tuple(fc.integer({ min: 0x80, max: 0xfe }), fc.uint8Array({ maxLength: 127 }))
    .map(([type, data]): Stream => ({
      wire: Uint8Array.from([type, data.length, ...data]),
      told: [],
    }));
}

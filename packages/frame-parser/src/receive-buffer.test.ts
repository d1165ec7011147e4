/** What is decoded from the receive buffer stays what it was when the buffer is read into again. */
import fc from 'fast-check';
import {
  CLIENT,
  encodeFragments,
  encodeFrame,
  encodeHixieText,
  FrameDecoder,
  HixieDecoder,
  isBorrowed,
  MessageDecoder,
  OPCODE,
  receiveBuffer,
  SERVER,
  type Role,
} from '.';
import { concat } from '../test/bits';
import { KeepingSink } from '../test/keeping-sink';
import { toHex, type Told } from '../test/recording-sink';

const LONGEST = 0x1_0000;
const OVERWRITTEN = 0xaa;

/** Around what is copied by a loop, kept as it is, or most of its memory. */
const length = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(0x1fff, 0x2000, 0x2001, 0x7fff, 0x8000, 0xfff0, 0x1_0000),
  fc.integer({ min: 0, max: 70_000 }),
);
const message = fc.record({
  opcode: fc.constantFrom(OPCODE.TEXT, OPCODE.BINARY),
  rsv: fc.constantFrom(0, 0, 4),
  letter: fc.constantFrom('a', 'a', 'é', '€', '💣'),
  tail: fc.constantFrom('', 'é'),
  length,
  fragmentLength: fc.oneof(fc.constant(100_000), fc.integer({ min: 100, max: 20_000 })),
  ping: fc.boolean(),
});
type Sent = typeof message extends fc.Arbitrary<infer T> ? T : never;

const garbage = fc.uint8Array({ maxLength: 300 });
const role = fc.constantFrom(CLIENT, SERVER);
/** How the bytes come, and what the owner of the decoder does. */
const feeding = fc.record({
  cuts: fc.array(fc.oneof(length, fc.integer({ min: 1, max: 20 })), {
    minLength: 1,
    maxLength: 8,
  }),
  offset: fc.integer({ min: 0, max: 9 }),
  pauses: fc.boolean(),
  /** Whether to resume after a chunk, over and over. */
  resumes: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  /** Whether parts are wanted of what follows, over and over. */
  inParts: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
});
type Feeding = typeof feeding extends fc.Arbitrary<infer T> ? T : never;

type Memory = 'its own' | 'borrowed';

/** Gives a chunk to `push`, in memory of its own or in the receive buffer. */
function feed(memory: Memory, chunk: Uint8Array, offset: number, push: (c: Uint8Array) => void) {
  if (memory === 'its own') return push(chunk.slice());
  const buffer = receiveBuffer();
  buffer.set(chunk, offset);
  push(buffer.subarray(offset, offset + chunk.length));
  buffer.fill(OVERWRITTEN);
}

function* split(wire: Uint8Array, { cuts, offset }: Feeding): Generator<Uint8Array> {
  for (let start = 0, i = 0; start < wire.length; i++) {
    const end = start + Math.min(Math.max(cuts[i % cuts.length], 1), LONGEST - offset);
    yield wire.subarray(start, end);
    start = end;
  }
}

interface Decoder {
  push(chunk: Uint8Array): void;
  pause(): void;
  resume(): void;
  readonly paused: boolean;
}

/** Feeds all of `wire`; `between` is called in front of every chunk. */
function run(
  decoder: Decoder,
  sink: KeepingSink,
  wire: Uint8Array,
  fed: Feeding,
  memory: Memory,
  between: (index: number) => void = () => {},
): Told[] {
  if (fed.pauses) sink.whenTold = () => decoder.pause();
  let index = 0;
  for (const chunk of split(wire, fed)) {
    between(index);
    feed(memory, chunk, fed.offset, (bytes) => decoder.push(bytes));
    if (fed.resumes[index++ % fed.resumes.length]) decoder.resume();
  }
  while (decoder.paused) decoder.resume();
  return sink.toldNow;
}

function wireOf(sender: Role, messages: readonly Sent[]): Uint8Array {
  const frames = messages.flatMap(({ opcode, rsv, letter, tail, length, fragmentLength, ping }) => {
    const payload = letter.repeat(length / letter.length) + tail;
    const data = encodeFragments(sender, { opcode, rsv, payload }, fragmentLength);
    const control = { opcode: OPCODE.PING, payload: payload.slice(0, 30) };
    return ping ? data.toSpliced(-1, 0, encodeFrame(sender, control)) : data;
  });
  return concat(frames);
}

function expectSame(decode: (memory: Memory) => unknown): void {
  expect(decode('borrowed')).toEqual(decode('its own'));
}

test('there is one, of 64 KiB', () => {
  expect(receiveBuffer()).toHaveLength(LONGEST);
  expect(receiveBuffer()).toBe(receiveBuffer());
  expect(Buffer.isBuffer(receiveBuffer())).toBe(true);
});

test('what is in it is told from all other memory', () => {
  expect(isBorrowed(receiveBuffer().subarray(5, 6))).toBe(true);
  expect(isBorrowed(Buffer.alloc(5))).toBe(false);
  expect(isBorrowed(new Uint8Array(LONGEST))).toBe(false);
});

test.each([
  ['a binary message', {}, OPCODE.BINARY, 0],
  ['a text as bytes', { textAsBytes: true }, OPCODE.TEXT, 0],
  ['a message for extensions', { allowedRsv: 4 }, OPCODE.TEXT, 4],
])('%s that is most of it is copied out', (_name, options, opcode, rsv) => {
  const wire = encodeFrame(SERVER, { opcode, rsv, payload: 'a'.repeat(60_000) });
  const sink = new KeepingSink();
  const decoder = new MessageDecoder(CLIENT, sink, options);
  feed('borrowed', wire, 0, (bytes) => decoder.push(bytes));
  expect(sink.toldNow).toEqual(sink.told);
});

test('so is the rest of it, when the decoder is paused in the midst', () => {
  const sink = new KeepingSink();
  const decoder = new MessageDecoder(CLIENT, sink);
  sink.onPong = () => decoder.pause();
  const payload = 'a'.repeat(60_000);
  const wire = concat([
    encodeFrame(SERVER, { opcode: OPCODE.PONG, payload: '' }),
    encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload }),
  ]);
  feed('borrowed', wire, 0, (bytes) => decoder.push(bytes));
  decoder.resume();
  expect(sink.told).toEqual([['text', payload]]);
});

test('and when the sink throws', () => {
  const sink = new KeepingSink();
  const decoder = new MessageDecoder(CLIENT, sink);
  sink.onPong = () => {
    throw new Error('thrown by the sink');
  };
  const payload = 'a'.repeat(60_000);
  const wire = concat([
    encodeFrame(SERVER, { opcode: OPCODE.PONG, payload: '' }),
    encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload }),
  ]);
  expect(() => feed('borrowed', wire, 0, (bytes) => decoder.push(bytes))).toThrow('by the sink');
  receiveBuffer().fill(OVERWRITTEN);
  decoder.resume();
  expect(sink.told).toEqual([['text', payload]]);
});

test('messages are the same, whole and in parts, however they are cut and paused', () => {
  const options = fc.record({ textAsBytes: fc.boolean(), reservesAll: fc.boolean() });
  const messages = fc.array(message, { maxLength: 5 });
  fc.assert(
    fc.property(role, messages, options, feeding, (sender, sent, rules, fed) => {
      const wire = wireOf(sender, sent);
      expectSame((memory) => {
        const sink = new KeepingSink();
        const receiver = sender === CLIENT ? SERVER : CLIENT;
        const decoder = new MessageDecoder(receiver, sink, { ...rules, allowedRsv: 4 });
        return run(decoder, sink, wire, fed, memory, (index) =>
          decoder.deliverParts(fed.inParts[index % fed.inParts.length] ? sink : null),
        );
      });
    }),
    { numRuns: 80 },
  );
});

test('so is garbage', () => {
  fc.assert(
    fc.property(role, garbage, feeding, (at, wire, fed) =>
      expectSame((memory) => {
        const sink = new KeepingSink();
        return run(new MessageDecoder(at, sink, { allowedRsv: 7 }), sink, wire, fed, memory);
      }),
    ),
    { numRuns: 300 },
  );
});

test('and what the old drafts have', () => {
  const text = fc.tuple(fc.constantFrom('a', 'é', '€'), length);
  const frame = text.map(([letter, length]) => encodeHixieText(letter.repeat(length)));
  const wire = fc.array(fc.oneof(frame, garbage), { maxLength: 5 }).map(concat);
  fc.assert(
    fc.property(wire, feeding, (bytes, fed) =>
      expectSame((memory) => {
        const sink = new KeepingSink();
        return run(new HixieDecoder(sink, { closingFrame: true }), sink, bytes, fed, memory);
      }),
    ),
    { numRuns: 150 },
  );
});

test('frames are the same for whoever copies their payload', () => {
  const messages = fc.array(message, { maxLength: 4 });
  fc.assert(
    fc.property(role, messages, feeding, (sender, sent, fed) => {
      const wire = wireOf(sender, sent);
      expectSame((memory) => {
        const told: unknown[] = [];
        const decoder: FrameDecoder = new FrameDecoder(
          sender === CLIENT ? SERVER : CLIENT,
          {
            onFrame: ({ opcode, payloadLength }) => (told.push([opcode, payloadLength]), null),
            onPayload: (_header, chunk, start, end) => {
              told.push(toHex(chunk.subarray(start, end)));
              if (fed.pauses) decoder.pause();
              return null;
            },
            onViolation: (violation) => void told.push(violation),
          },
          { allowedRsv: 4 },
        );
        run(decoder, new KeepingSink(), wire, fed, memory);
        return told;
      });
    }),
    { numRuns: 50 },
  );
});

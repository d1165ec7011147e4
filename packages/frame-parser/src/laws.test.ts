/** Laws that hold for any messages, any garbage, any cut into chunks. */
import fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import type { Writable } from 'node:stream';
import {
  CLIENT,
  encodeFragments,
  encodeFrame,
  HixieDecoder,
  MessageDecoder,
  OPCODE,
  SERVER,
  type Role,
} from '.';
import { concat } from '../test/bits';
import { RecordingSink, toHex, type Told } from '../test/recording-sink';
import { referenceDecode, referenceEncode } from '../test/reference-codec';

/** Not in the types that ws has. */
const { Receiver } = jest.requireActual<{ Receiver: new (options: object) => Writable }>('ws');

const bytes = fc.uint8Array({ maxLength: 300 });
const text = anyText({ maxLength: 100 }).map((t) => t.replace(/\p{Surrogate}/gu, ''));
interface Sent {
  opcode: 1 | 2;
  text: string;
  fragmentLength: number;
  ping: Uint8Array | null;
}

const message: fc.Arbitrary<Sent> = fc.record({
  opcode: fc.constantFrom(OPCODE.TEXT, OPCODE.BINARY),
  text,
  fragmentLength: fc.integer({ min: 1, max: 400 }),
  ping: fc.option(fc.uint8Array({ maxLength: 125 })),
});
const role = fc.constantFrom(CLIENT, SERVER);
const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 });

function peerOf(sender: Role): Role {
  return sender === CLIENT ? SERVER : CLIENT;
}

/** Pings stand before the last frame of a message, which is inside it if it has several. */
function wireOf(sender: Role, messages: Sent[]): Uint8Array {
  const frames = messages.flatMap(({ opcode, text, fragmentLength, ping }) => {
    const data = encodeFragments(sender, { opcode, payload: text }, fragmentLength);
    if (ping === null) return data;
    return data.toSpliced(-1, 0, encodeFrame(sender, { opcode: OPCODE.PING, payload: ping }));
  });
  return concat(frames);
}

function toldOf(messages: Sent[]): Told[] {
  return messages.flatMap(({ opcode, text, ping }) => {
    const data: Told =
      opcode === OPCODE.TEXT ? ['text', text] : ['binary', toHex(new TextEncoder().encode(text))];
    return ping === null ? [data] : [['ping', toHex(ping)] satisfies Told, data];
  });
}

function split(wire: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0, i = 0; start < wire.length; i++) {
    const end = start + lengths[i % lengths.length];
    chunks.push(wire.slice(start, end));
    start = end;
  }
  return chunks;
}

function decode(at: Role, chunks: readonly Uint8Array[], allowedRsv = 0): Told[] {
  const sink = new RecordingSink();
  const decoder = new MessageDecoder(at, sink, { allowedRsv, maxLength: 4096 });
  for (const chunk of chunks) decoder.push(chunk);
  return sink.told;
}

test('what one end encodes, the other decodes, however it is cut', () => {
  fc.assert(
    fc.property(role, fc.array(message, { maxLength: 6 }), cuts, (sender, messages, lengths) => {
      const wire = wireOf(sender, messages);
      expect(decode(peerOf(sender), split(wire, lengths))).toEqual(toldOf(messages));
    }),
    { numRuns: 300 },
  );
});

test('the slow decoder says the same', () => {
  fc.assert(
    fc.property(role, fc.array(message, { maxLength: 4 }), (sender, messages) => {
      expect(referenceDecode(wireOf(sender, messages))).toEqual(toldOf(messages));
    }),
    { numRuns: 100 },
  );
});

test.each([0, 1, 125, 126, 127, 65535, 65536, 70000])(
  'the slow encoder agrees on %d bytes',
  (n) => {
    const payload = new Uint8Array(n).map((_, i) => i * 7);
    const untouched = payload.slice();
    for (const [sender, maskingKey] of [
      [SERVER, null],
      [CLIENT, [0x81, 2, 0xf3, 4]],
    ] as const) {
      const frame = { fin: true, opcode: 2, payload };
      const encoded = encodeFrame(sender, frame, () => 0x8102f304 | 0);
      expect(toHex(encoded)).toBe(toHex(referenceEncode({ ...frame, maskingKey })));
    }
    expect(payload).toEqual(untouched);
  },
);

test('garbage is taken or refused with a documented violation, the same however it is cut', () => {
  fc.assert(
    fc.property(role, bytes, cuts, (at, garbage, lengths) => {
      const whole = decode(at, [garbage.slice()], 7);
      expect(decode(at, split(garbage, lengths), 7)).toEqual(whole);
      expect(whole.slice(0, -1).every(([kind]) => kind !== 'violation')).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('hixie garbage too', () => {
  fc.assert(
    fc.property(fc.boolean(), bytes, cuts, (closingFrame, garbage, lengths) => {
      const told = [[garbage.slice()], split(garbage, lengths)].map((chunks) => {
        const sink = new RecordingSink();
        const decoder = new HixieDecoder(sink, { closingFrame, maxLength: 50 });
        for (const chunk of chunks) decoder.push(chunk);
        return sink.told;
      });
      expect(told[1]).toEqual(told[0]);
    }),
    { numRuns: 1000 },
  );
});

test('the receiver of ws says the same of valid streams', async () => {
  const messages = fc.array(message, { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(messages, async (sent) => {
    const wire = wireOf(SERVER, sent);
    const theirs = await decodeWithWs(wire.slice());
    expect(decode(CLIENT, [wire])).toEqual(theirs);
  });
  await fc.assert(property, { numRuns: 200 });
});

test('and of damaged ones', async () => {
  // Binary only: ws looks at the UTF-8 of a message when it ends, and waits for an end that never comes.
  const binary = message.map((sent) => ({ ...sent, opcode: OPCODE.BINARY }));
  const messages = fc.array(binary, { minLength: 1, maxLength: 4 });
  const [where, bit] = [fc.nat({ max: 40 }), fc.nat({ max: 7 })];
  const property = fc.asyncProperty(messages, where, bit, async (sent, at, flipped) => {
    // Zeros complete whatever header the damage has left half read.
    const wire = concat([wireOf(SERVER, sent), new Uint8Array(14)]);
    wire[at % wire.length] ^= 1 << flipped;
    const theirs = await decodeWithWs(wire.slice());
    const ours = decode(CLIENT, [wire]);
    // ws takes lengths that are not minimal; and binary may have become text.
    fc.pre(!ours.some(([, what]) => what === 'LENGTH_NOT_MINIMAL' || what === 'INVALID_UTF8'));
    expect(ours.map((told) => (told[0] === 'violation' ? ['violation'] : told))).toEqual(theirs);
  });
  await fc.assert(property, { numRuns: 300 });
});

/** What ws's receiver emits. */
async function decodeWithWs(wire: Uint8Array): Promise<unknown[]> {
  const told: unknown[] = [];
  const receiver = new Receiver({
    isServer: false,
    maxPayload: 4096,
    allowSynchronousEvents: true,
  });
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    told.push(isBinary ? ['binary', data.toString('hex')] : ['text', data.toString()]),
  );
  receiver.on('ping', (data: Buffer) => told.push(['ping', data.toString('hex')]));
  receiver.on('pong', (data: Buffer) => told.push(['pong', data.toString('hex')]));
  receiver.on('conclude', (code: number, reason: Buffer) =>
    told.push(['close', code, reason.toString()]),
  );
  receiver.on('error', () => told.push(['violation']));
  await new Promise<void>((resolve) => {
    receiver.write(Buffer.from(wire), () => resolve());
  });
  return told;
}

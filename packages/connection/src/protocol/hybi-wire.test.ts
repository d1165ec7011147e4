import type { Writable } from 'node:stream';
import { CLIENT as FRAMING_CLIENT, OPCODE, SERVER as FRAMING_SERVER } from '@ws/frame-parser';
import { MessageDecoder } from '@ws/frame-parser';
import type { MessageSink } from '@ws/frame-parser';
import { countingKeys, take, taken } from '../../test/pair';
import { HybiWire } from './hybi-wire';
import { Outbox } from './outbox';
import { CLIENT, SERVER } from './role';
import type { Role } from './role';

const { Receiver } = jest.requireActual<{ Receiver: new (options: object) => Writable }>('ws');

/** Around each of the header's forms, and around the size from which on nothing is copied. */
const EDGES = [125, 126, 127, 5461, 16383, 16384, 65535, 65536, 65537];
const SIZES = [0, 1, 42, 63, ...EDGES, 200_000];
/** As many bytes of UTF-8 as a character has in `length`; a guess from `length` alone is wrong. */
const ALPHABETS = { ascii: 'a', 'two bytes': 'é', 'three bytes': '€', surrogates: '😀' };
const ROLES: Role[] = [CLIENT, SERVER];

interface Made {
  readonly outbox: Outbox;
  readonly wire: HybiWire;
}

function makeWire(role: Role): Made {
  const outbox = new Outbox();
  return { outbox, wire: new HybiWire('hybi-13', role, countingKeys()) };
}

/** What the toolkit's own decoder makes of the bytes, at the other end. */
function decoded(role: Role, bytes: Uint8Array): unknown[] {
  const heard: unknown[] = [];
  const note =
    (kind: string) =>
    (...data: unknown[]): number =>
      heard.push([kind, ...data.map(comparable)]);
  const sink: MessageSink = {
    onText: note('text'),
    onBinary: note('binary'),
    onReserved: note('reserved'),
    onPing: note('ping'),
    onPong: note('pong'),
    onClose: note('close'),
    onViolation: note('violation'),
  };
  const other = role === CLIENT ? FRAMING_SERVER : FRAMING_CLIENT;
  new MessageDecoder(other, sink).push(Uint8Array.from(bytes));
  return heard;
}

function comparable(data: unknown): unknown {
  return data instanceof Uint8Array ? Buffer.from(data).toString('latin1') : data;
}

/** What ws makes of the bytes, at the other end. */
function receivedByWs(role: Role, bytes: Uint8Array): Promise<unknown[]> {
  const receiver = new Receiver({ isServer: role === CLIENT });
  return new Promise((resolve, reject) => {
    receiver.on('error', reject);
    receiver.on('message', (data: Buffer, isBinary: boolean) => {
      resolve([isBinary ? 'binary' : 'text', data.toString(isBinary ? 'latin1' : 'utf8')]);
    });
    receiver.write(bytes);
  });
}

function payloadOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index * 7);
}

describe.each(ROLES)('a $name', (role) => {
  const texts = Object.entries(ALPHABETS).flatMap(([name, letter]) =>
    SIZES.map((size) => ({ name, size, text: letter.repeat(Math.ceil(size / letter.length)) })),
  );

  test.each(texts)('sends text: $name, $size units', async ({ text }) => {
    const { outbox, wire } = makeWire(role);
    expect(wire.appendText(outbox, text)).toBe(Buffer.byteLength(text));
    const bytes = taken(outbox);
    expect(decoded(role, bytes)).toEqual([['text', text, Buffer.byteLength(text)]]);
    expect(await receivedByWs(role, bytes)).toEqual(['text', text]);
  });

  test.each(SIZES)(
    'sends %d bytes, and leaves the payload that was passed as it is',
    async (size) => {
      const { outbox, wire } = makeWire(role);
      const data = payloadOf(size);
      wire.appendBinary(outbox, data);
      const bytes = taken(outbox);
      const expected = Buffer.from(payloadOf(size)).toString('latin1');
      expect(decoded(role, bytes)).toEqual([['binary', expected]]);
      expect(await receivedByWs(role, bytes)).toEqual(['binary', expected]);
      expect(Buffer.compare(data, payloadOf(size))).toBe(0);
    },
  );

  test.each(SIZES)('spends on a message of %d bytes what its header takes', (size) => {
    const { outbox, wire } = makeWire(role);
    wire.appendBinary(outbox, payloadOf(size));
    const extended = size < 126 ? 0 : size < 65536 ? 2 : 8;
    expect(outbox.bytes).toBe(2 + extended + (role.masksOutgoing ? 4 : 0) + size);
  });

  test('keeps the order of messages that are copied and messages that are not', () => {
    const { outbox, wire } = makeWire(role);
    for (const size of [1, 20_000, 2, 3, 30_000, 40_000])
      wire.appendBinary(outbox, payloadOf(size));
    wire.appendText(outbox, 'end');
    const lengths = decoded(role, taken(outbox)).map((heard) => {
      const [, data] = heard as [string, string];
      return data.length;
    });
    expect(lengths).toEqual([1, 20_000, 2, 3, 30_000, 40_000, 3]);
  });

  test('replaces lone surrogates by U+FFFD', () => {
    const { outbox, wire } = makeWire(role);
    expect(wire.appendText(outbox, '\ud800 \udfff')).toBe(7);
    expect(wire.appendText(outbox, '\ud800'.repeat(30_000))).toBe(90_000);
    const heard = decoded(role, taken(outbox));
    expect(heard).toEqual([
      ['text', '\ufffd \ufffd', 7],
      ['text', '\ufffd'.repeat(30_000), 90_000],
    ]);
  });

  test('sends control frames', () => {
    const { outbox, wire } = makeWire(role);
    const data = Buffer.from('p'.repeat(125));
    wire.appendPing(outbox, data);
    wire.appendPong(outbox, data);
    wire.appendClose(outbox, 4000, 'bye');
    expect(data.toString()).toBe('p'.repeat(125));
    expect(decoded(role, taken(outbox))).toEqual([
      ['ping', 'p'.repeat(125)],
      ['pong', 'p'.repeat(125)],
      ['close', 4000, 'bye'],
    ]);
  });

  test('closes without a code by an empty frame', () => {
    const { outbox, wire } = makeWire(role);
    wire.appendClose(outbox, 1005, '');
    const [first, second] = taken(outbox);
    expect([first, second & 0x7f]).toEqual([0x80 | OPCODE.CLOSE, 0]);
  });
});

test('a client masks every frame with a new key, a server masks none (§5.3)', () => {
  const { outbox, wire } = makeWire(CLIENT);
  const payload = Uint8Array.of(0, 0, 0, 0);
  for (let count = 0; count < 3; count++) wire.appendBinary(outbox, payload);
  const frames = taken(outbox);
  const keys = [0, 10, 20].map((offset) => frames.readUInt32BE(offset + 2));
  expect(new Set(keys).size).toBe(3);
  for (const offset of [0, 10, 20]) expect(frames[offset + 1]).toBe(0x80 | 4);

  const server = makeWire(SERVER);
  server.wire.appendBinary(server.outbox, payload);
  expect(taken(server.outbox)).toEqual(Buffer.of(0x82, 4, 0, 0, 0, 0));
});

test('a server does not copy a large payload', () => {
  const { outbox, wire } = makeWire(SERVER);
  const data = payloadOf(20_000);
  wire.appendBinary(outbox, data);
  expect(take(outbox)[1]).toBe(data);
});

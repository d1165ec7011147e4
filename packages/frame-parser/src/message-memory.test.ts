/** Memory of messages that arrive in pieces: its bound, and that nothing which was handed out changes. */
import { CLIENT, encodeFragments, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import { repeat } from '../test/bits';
import { RecordingSink } from '../test/recording-sink';
import { MessageMemory } from './message-memory';

const LENGTH = 2_500_000;
const SIZES = [1, 7, 100, 1400, 20_000, 65_526, 65_536];

function piece(i: number, size: number): Uint8Array {
  return repeat(i & 0xff, size);
}

describe.each(SIZES)('pieces of %d bytes', (size) => {
  const count = Math.min(20_000, Math.ceil(LENGTH / size));
  const whole = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) whole.fill(i & 0xff, i * size, (i + 1) * size);

  test.each([
    ['of a frame that is kept', (): number => count * size, true],
    ['of a frame that is decoded', (): number => count * size, false],
    ['that are frames', (received: number): number => received, false],
    ['of a frame that announces far more', (): number => 2 ** 40, true],
  ])('%s take less than four times themselves', (_of, expected, isHandedOut) => {
    const memory = new MessageMemory();
    for (let i = 0; i < count; i++) {
      memory.append(piece(i, size), 0, size, expected((i + 1) * size), isHandedOut);
      if (memory.bytes.length > memory.length * 4) expect(memory).toBe('in proportion');
    }
    expect(memory.length).toBe(whole.length);
    const taken = memory.take();
    expect([Buffer.compare(taken, whole), taken.buffer.byteLength]).toEqual([0, whole.length]);
    expect(memory.length).toBe(0);
  });

  test('are moved only while less than a quarter of them is here', () => {
    const memory = new MessageMemory();
    const seen = new Map<ArrayBufferLike, number>();
    for (let i = 0; i < count; i++) {
      memory.append(piece(i, size), 0, size, count * size, true);
      seen.set(memory.bytes.buffer, memory.length);
    }
    const [last, ...before] = [...seen.values()].reverse();
    expect(last).toBe(count * size);
    for (const length of before) expect(length * 4).toBeLessThan(count * size + size * 4);
    expect(seen.size).toBeLessThan(14);
    memory.giveBack();
  });
});

/** What a client is told of messages that come in pieces of 64 KiB. */
function decoded(...wires: Uint8Array[]): RecordingSink {
  const sink = new RecordingSink();
  const decoder = new MessageDecoder(CLIENT, sink);
  for (const wire of wires) {
    for (let at = 0; at < wire.length; at += 65_536) decoder.push(wire.slice(at, at + 65_536));
  }
  return sink;
}

const TEXTS = ['a'.repeat(2 ** 20), 'é'.repeat(2 ** 19), '☃'.repeat(100_000), 'b'.repeat(70_000)];

test('texts and bytes that come one after another in the same memory are not each other’s', () => {
  const wires = TEXTS.flatMap((text, i) => [
    encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: text }),
    encodeFrame(SERVER, { opcode: OPCODE.BINARY, payload: repeat(i, 300_000) }),
  ]);
  const { told } = decoded(...wires);
  expect(told.filter(([kind]) => kind === 'text').map(([, text]) => text)).toEqual(TEXTS);
  const binary = told.filter(([kind]) => kind === 'binary').map(([, hex]) => String(hex));
  expect(binary).toEqual(TEXTS.map((_, i) => `0${i}`.repeat(300_000)));
});

test.each([1000, 65_000, 200_000])('messages in fragments of %d bytes', (fragmentLength) => {
  const wires = TEXTS.map((payload) =>
    Buffer.concat(encodeFragments(SERVER, { opcode: OPCODE.TEXT, payload }, fragmentLength)),
  );
  expect(decoded(...wires).told).toEqual(TEXTS.map((text) => ['text', text]));
});

test('several connections that are in the middle of a message each have their own', () => {
  const sinks = TEXTS.map(() => new RecordingSink());
  const decoders = sinks.map((sink) => new MessageDecoder(CLIENT, sink));
  const wires = TEXTS.map((payload) => encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload }));
  for (let at = 0; at < 2 ** 20 + 14; at += 50_000) {
    for (const [i, wire] of wires.entries()) decoders[i].push(wire.slice(at, at + 50_000));
  }
  expect(sinks.map(({ told }) => told)).toEqual(TEXTS.map((text) => [['text', text]]));
});

test('bytes that were handed out are the receiver’s, to transfer as well', () => {
  const sink = new RecordingSink();
  const kept: Uint8Array[] = [];
  sink.onBinary = (data) => void kept.push(data);
  const decoder = new MessageDecoder(CLIENT, sink);
  for (let i = 0; i < 4; i++) {
    const wire = encodeFrame(SERVER, { opcode: OPCODE.BINARY, payload: repeat(i, 300_000) });
    for (let at = 0; at < wire.length; at += 60_000) decoder.push(wire.slice(at, at + 60_000));
    if (i === 1) structuredClone(kept[0].buffer, { transfer: [kept[0].buffer as ArrayBuffer] });
  }
  const [, ...rest] = kept;
  expect(rest.map((data) => Buffer.compare(data, repeat(kept.indexOf(data), 300_000)))).toEqual([
    0, 0, 0,
  ]);
});

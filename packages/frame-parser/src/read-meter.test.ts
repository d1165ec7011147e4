import { HixieDecoder, MessageDecoder, SERVER, CLIENT, encodeFrame, OPCODE } from '.';
import type { ReadMeter } from '.';
import { concat, hex } from '../test/bits';
import { RecordingSink } from '../test/recording-sink';

class Counter implements ReadMeter {
  charged = 0;
  onCharge: () => void = () => {};

  charge(cost: number): void {
    this.charged += cost;
    this.onCharge();
  }
}

const frame = (opcode: number, payload: string, fin = true): Uint8Array =>
  encodeFrame(CLIENT, { opcode, payload, fin });

const HYBI: [string, Uint8Array, number][] = [
  ['a message', frame(OPCODE.TEXT, 'a'), 1],
  ['an empty message', frame(OPCODE.BINARY, ''), 1],
  [
    'empty fragments',
    concat([
      frame(OPCODE.TEXT, '', false),
      frame(OPCODE.CONTINUATION, '', false),
      frame(OPCODE.CONTINUATION, ''),
    ]),
    3,
  ],
  ['control frames', concat([frame(OPCODE.PING, ''), frame(OPCODE.PONG, 'a')]), 2],
];

const HIXIE: [string, Uint8Array, number][] = [
  ['a text', hex('0061ff'), 1],
  ['a frame to skip', hex('8003616263'), 1],
  ['empty frames to skip', hex('80008000ff00'), 3],
];

describe('every frame is charged once, whatever becomes of it', () => {
  test.each(HYBI)('%s', (_name, bytes, cost) => {
    const meter = new Counter();
    new MessageDecoder(SERVER, new RecordingSink(), { meter }).push(bytes);
    expect(meter.charged).toBe(cost);
  });

  test.each(HYBI)('%s, a byte at a time', (_name, bytes, cost) => {
    const meter = new Counter();
    const decoder = new MessageDecoder(SERVER, new RecordingSink(), { meter });
    for (const byte of bytes) decoder.push(Uint8Array.of(byte));
    expect(meter.charged).toBe(cost);
  });

  test.each(HIXIE)('%s of draft 75', (_name, bytes, cost) => {
    const meter = new Counter();
    new HixieDecoder(new RecordingSink(), { meter }).push(bytes);
    expect(meter.charged).toBe(cost);
  });
});

describe('a meter that pauses its decoder', () => {
  const decoders = {
    hybi: (sink: RecordingSink, meter: ReadMeter) => new MessageDecoder(SERVER, sink, { meter }),
    hixie: (sink: RecordingSink, meter: ReadMeter) => new HixieDecoder(sink, { meter }),
  };
  const bytes = {
    hybi: concat(['a', 'b', 'c'].map((text) => frame(OPCODE.TEXT, text))),
    hixie: hex('0061ff0062ff0063ff'),
  };

  test.each(['hybi', 'hixie'] as const)('%s: it goes on where it was stopped', (kind) => {
    const sink = new RecordingSink();
    const meter = new Counter();
    const decoder = decoders[kind](sink, meter);
    meter.onCharge = () => {
      if (meter.charged % 2 === 0) decoder.pause();
    };
    decoder.push(bytes[kind]);
    expect(sink.told).toEqual([['text', 'a']]);
    decoder.resume();
    expect(sink.told).toEqual([
      ['text', 'a'],
      ['text', 'b'],
      ['text', 'c'],
    ]);
    expect(meter.charged).toBe(3);
  });
});

describe('a sink that transfers the memory of what it was given', () => {
  class Transferring extends RecordingSink {
    override onBinary(data: Uint8Array): void {
      super.onBinary(data.subarray(0, 1));
      structuredClone(data.buffer, { transfer: [data.buffer as ArrayBuffer] });
    }
  }

  const large = (length: number): Uint8Array =>
    encodeFrame(CLIENT, { opcode: OPCODE.BINARY, payload: new Uint8Array(length).fill(97) });

  /** The first is the least that is not part of Node's pool, whose memory cannot be transferred. */
  test.each([Math.max(8192, Buffer.poolSize / 2), 40_000, 60_000])(
    'loses nothing that follows %d bytes in the same piece',
    (length) => {
      const sink = new Transferring();
      const decoder = new MessageDecoder(SERVER, sink);
      const chunk = concat([large(length), frame(OPCODE.TEXT, 'b'), frame(OPCODE.TEXT, 'c')]);
      decoder.push(chunk);
      expect(sink.told).toEqual([
        ['binary', '61'],
        ['text', 'b'],
        ['text', 'c'],
      ]);
    },
  );

  test('nor when the message began in the piece before', () => {
    const sink = new Transferring();
    const decoder = new MessageDecoder(SERVER, sink);
    const bytes = concat([large(40_000), frame(OPCODE.TEXT, 'b')]);
    decoder.push(bytes.slice(0, 8));
    decoder.push(bytes.slice(8));
    expect(sink.told).toEqual([
      ['binary', '61'],
      ['text', 'b'],
    ]);
  });
});

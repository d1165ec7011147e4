/** How many bytes a text had, which nobody need count once more. */
import { CLIENT, HixieDecoder, MessageDecoder, OPCODE, SERVER, encodeFrame } from './';
import { RecordingSink } from '../test/recording-sink';

class LengthSink extends RecordingSink {
  readonly lengths: number[] = [];

  override onText(_text: string, byteLength = -1): void {
    this.lengths.push(byteLength);
  }
}

const TEXTS = ['', 'hello', 'grüße', '€ 5', '\u{1f600}'];
const LENGTHS = TEXTS.map((text) => Buffer.byteLength(text));

const WIRES = {
  frames: TEXTS.map((text) =>
    encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: Buffer.from(text) }),
  ),
  fragments: TEXTS.flatMap((text) => [
    encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: Buffer.from(text), fin: false }),
    encodeFrame(CLIENT, { opcode: OPCODE.CONTINUATION, payload: Buffer.alloc(0) }),
  ]),
};

function fed(push: (chunk: Uint8Array) => void, wire: Uint8Array, step: number): void {
  for (let at = 0; at < wire.length; at += step) push(wire.slice(at, at + step));
}

describe.each([1, Infinity])('in chunks of %d bytes', (step) => {
  test.each(['frames', 'fragments'] as const)('in %s', (kind) => {
    const sink = new LengthSink();
    const decoder = new MessageDecoder(SERVER, sink);
    fed((chunk) => decoder.push(chunk), Buffer.concat(WIRES[kind]), step);
    expect(sink.lengths).toEqual(LENGTHS);
  });

  test('as the hixie drafts have it', () => {
    const sink = new LengthSink();
    const decoder = new HixieDecoder(sink);
    const bytes = TEXTS.flatMap((text) => [Buffer.of(0), Buffer.from(text), Buffer.of(0xff)]);
    fed((chunk) => decoder.push(chunk), Buffer.concat(bytes), step);
    expect(sink.lengths).toEqual(LENGTHS);
  });
});

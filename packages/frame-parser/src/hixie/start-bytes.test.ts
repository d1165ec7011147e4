/** draft-76 §5.3: the byte that a frame starts with says what it is, and there are 256 of them. */
import { concat, hex } from '../../test/bits';
import { RecordingSink, type Told } from '../../test/recording-sink';
import { HixieDecoder } from './hixie-decoder';

const START_BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const BEHIND = hex('0042ff');

function toldOf(wire: Uint8Array, closingFrame: boolean): Told[] {
  const sink = new RecordingSink();
  const decoder = new HixieDecoder(sink, { closingFrame });
  for (const byte of wire) decoder.push(Uint8Array.of(byte));
  return sink.told;
}

test.each([true, false])('every one from 00 to 7F starts a text; closingFrame %p', (closing) => {
  for (const start of START_BYTES.slice(0, 0x80)) {
    const told = toldOf(concat([Uint8Array.of(start), hex('41ff'), BEHIND]), closing);
    expect([start, told]).toEqual([
      start,
      [
        ['text', 'A'],
        ['text', 'B'],
      ],
    ]);
  }
});

test.each([true, false])('every one from 80 to FF starts a length; closingFrame %p', (closing) => {
  for (const start of START_BYTES.slice(0x80)) {
    const skipped = concat([Uint8Array.of(start), hex('03ff00ff'), BEHIND]);
    expect([start, toldOf(skipped, closing)]).toEqual([start, [['text', 'B']]]);
    const empty = concat([Uint8Array.of(start), hex('00'), BEHIND]);
    const closes = closing && start === 0xff;
    const told = closes ? [['close', 1000, '']] : [['text', 'B']];
    expect([start, toldOf(empty, closing)]).toEqual([start, told]);
  }
});

test('a text that no FF ends is held to the limit', () => {
  for (const start of START_BYTES.slice(0, 0x80)) {
    const sink = new RecordingSink();
    const decoder = new HixieDecoder(sink, { maxLength: 1000 });
    decoder.push(Uint8Array.of(start));
    decoder.push(new Uint8Array(1000).fill(0x41));
    expect([sink.told, decoder.bufferedBytes]).toEqual([[], 1001]);
    decoder.push(Uint8Array.of(0x41));
    expect([sink.told, decoder.bufferedBytes]).toEqual([[['violation', 'MESSAGE_TOO_BIG']], 0]);
  }
});

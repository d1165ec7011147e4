import { CLIENT, HixieDecoder, MessageDecoder } from '.';
import { bits, concat, hex } from '../test/bits';
import { RecordingSink, toHex, type Told } from '../test/recording-sink';

const PING = bits('1 000 1001 0 0000000');

function setup() {
  const sink = new RecordingSink();
  return { sink, decoder: new MessageDecoder(CLIENT, sink, { textAsBytes: true }) };
}

describe('text as bytes', () => {
  test.each<[string, Uint8Array[], Told]>([
    ['in one frame', [bits('1 000 0001 0 0000010', hex('c3a4'))], ['text bytes', 'c3a4']],
    ['that is empty', [bits('1 000 0001 0 0000000')], ['text bytes', '']],
    [
      'in fragments',
      [bits('0 000 0001 0 0000001', hex('c3')), bits('1 000 0000 0 0000001', hex('a4'))],
      ['text bytes', 'c3a4'],
    ],
    ['that is not UTF-8', [bits('1 000 0001 0 0000001', hex('ff'))], ['violation', 'INVALID_UTF8']],
    [
      'that ends inside a character, in fragments',
      [bits('0 000 0001 0 0000001', hex('61')), bits('1 000 0000 0 0000001', hex('c3'))],
      ['violation', 'INVALID_UTF8'],
    ],
    ['beside bytes', [bits('1 000 0010 0 0000001', hex('ff'))], ['binary', 'ff']],
  ])('%s', (_, chunks, told) => {
    const { sink, decoder } = setup();
    for (const chunk of chunks) decoder.push(chunk);
    expect(sink.told).toEqual([told]);
  });

  test('is the receiver’s to keep', () => {
    const { sink, decoder } = setup();
    const kept: Uint8Array[] = [];
    sink.onTextBytes = (data) => kept.push(data);
    const chunk = concat([bits('1 000 0001 0 0000001', 'a'), PING]);
    decoder.push(chunk);
    chunk.fill(0);
    expect(toHex(kept[0])).toBe('61');
    expect(Buffer.isBuffer(kept[0])).toBe(true);
  });
});

describe('text of the hixie drafts as bytes', () => {
  const whole = hex('00c3a4ff');
  test.each<[string, Uint8Array[], Told]>([
    ['in one chunk', [whole], ['text bytes', 'c3a4']],
    ['that is empty', [hex('00ff')], ['text bytes', '']],
    ['byte by byte', [...whole].map((byte) => Uint8Array.of(byte)), ['text bytes', 'c3a4']],
    ['that is not UTF-8', [hex('00c3ff')], ['violation', 'INVALID_UTF8']],
    ['that is not UTF-8, in two chunks', [hex('00c3'), hex('ff')], ['violation', 'INVALID_UTF8']],
  ])('%s', (_, chunks, told) => {
    const sink = new RecordingSink();
    const decoder = new HixieDecoder(sink, { textAsBytes: true });
    for (const chunk of chunks) decoder.push(chunk);
    expect(sink.told).toEqual([told]);
  });
});

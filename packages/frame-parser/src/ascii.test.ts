/** Text that unmasking has found to be ASCII, or not, whole and in pieces. */
import { CLIENT, encodeFragments, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import { concat } from '../test/bits';
import { RecordingSink, toHex } from '../test/recording-sink';
import { receiveBuffer } from './receive-buffer';

const ASCII = 'a'.repeat(1000);
/** 1,000 bytes, cut in the last character but for one byte. */
const CUT = Buffer.from('a'.repeat(998) + '€').subarray(0, 1000);

function decode(frames: readonly Uint8Array[], options: object = {}): unknown[] {
  const sink = new RecordingSink();
  const decoder = new MessageDecoder(SERVER, sink, options);
  const wire = concat(frames);
  receiveBuffer().set(wire);
  decoder.push(receiveBuffer().subarray(0, wire.length));
  return sink.told;
}

const text = (payload: string | Uint8Array, fin = true): Uint8Array =>
  encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload, fin });
const rest = (payload: string | Uint8Array, fin = true): Uint8Array =>
  encodeFrame(CLIENT, { opcode: OPCODE.CONTINUATION, payload, fin });

test.each([
  ASCII,
  `${ASCII}é`,
  `é${ASCII}`,
  `${ASCII}é${ASCII}`,
  `\uFEFF${ASCII}`,
  `${ASCII}\uFFFD`,
])('a text that is not all ASCII is decoded as what it is (%#)', (payload) => {
  expect(decode([text(payload)])).toEqual([['text', payload]]);
  expect(decode(encodeFragments(CLIENT, { opcode: OPCODE.TEXT, payload }, 400))).toEqual([
    ['text', payload],
  ]);
  expect(decode([text(payload)], { textAsBytes: true })).toEqual([
    ['text bytes', toHex(Buffer.from(payload))],
  ]);
});

test.each([
  ['a frame', [text(CUT)]],
  ['a piece, before ASCII', [text(CUT, false), rest(ASCII)]],
  ['a piece, before little ASCII', [text(CUT, false), rest('a')]],
  ['a last piece, behind ASCII', [text(ASCII, false), rest(CUT)]],
])('a character cut by the end of %s is a violation', (_name, frames) => {
  const violation = [['violation', 'INVALID_UTF8']];
  expect(decode(frames)).toEqual(violation);
  expect(decode(frames, { textAsBytes: true })).toEqual(violation);
});

test('nothing is held against a character that is cut by empty pieces', () => {
  const frames = [text(CUT, false), rest('', false), rest(Buffer.from('€').subarray(2))];
  expect(decode(frames)).toEqual([['text', `${'a'.repeat(998)}€`]]);
});

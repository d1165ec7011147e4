/** The longest text that is taken by default, and what is wrong with its last byte. */
import { CLIENT, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import { repeat } from '../test/bits';
import { RecordingSink } from '../test/recording-sink';

/** One byte less than 64 MiB. */
const LONGEST = 2 ** 26 - 1;
const SEGMENT = 2 ** 16;

/** What a client is told of a text that comes in segments as a network makes them. */
function toldOf(payload: Uint8Array): RecordingSink['told'] {
  const sink = new RecordingSink();
  const decoder = new MessageDecoder(CLIENT, sink);
  const wire = encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload });
  for (let at = 0; at < wire.length; at += SEGMENT) decoder.push(wire.slice(at, at + SEGMENT));
  return sink.told;
}

test.each([
  ['a byte that is in no text', 0xff],
  ['the first byte of a character', 0xc3],
  ['a byte that continues nothing', 0x80],
])('a text of 64 MiB that ends in %s: 1007', (_, last) => {
  const payload = repeat(0x61, LONGEST);
  payload[LONGEST - 1] = last;
  expect(toldOf(payload)).toEqual([['violation', 'INVALID_UTF8']]);
});

test('one that is right is told, whole', () => {
  const told = toldOf(repeat(0x61, LONGEST));
  expect(told.map(([kind, text]) => [kind, (text as string).length])).toEqual([['text', LONGEST]]);
});

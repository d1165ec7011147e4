/** Text that is longer than the host's strings can be; the host of this test has short ones. */
import type * as Runtime from './runtime';
import { concat, repeat } from '../test/bits';
import { RecordingSink, type Told } from '../test/recording-sink';
import { encodeFragments, encodeFrame, encodeHixieText, HixieDecoder } from '.';
import { MessageDecoder, OPCODE, SERVER, CLIENT, VIOLATIONS } from '.';

const LONGEST = 1000;

jest.mock('./runtime', () => {
  const actual = jest.requireActual<typeof Runtime>('./runtime');
  type Slice = typeof actual.utf8Slice;
  const limited =
    (slice: Slice): Slice =>
    (bytes, start, end) => {
      if (end - start > 1000) throw new Error('Cannot create a string longer than 1000 characters');
      return slice(bytes, start, end);
    };
  const { utf8Slice, asciiSlice } = actual;
  const utf8SliceByUtf16 = (bytes: Uint8Array): string =>
    limited(utf8Slice)(bytes, 0, bytes.length);
  return {
    ...actual,
    utf8Slice: limited(utf8Slice),
    utf8SliceByUtf16,
    asciiSlice: limited(asciiSlice!),
  };
});

const REFUSED: Told[] = [['violation', 'MESSAGE_TOO_BIG']];

function tell(wire: Uint8Array): Told[] {
  const sink = new RecordingSink();
  new MessageDecoder(CLIENT, sink).push(wire.slice());
  return sink.told;
}

describe.each([
  ['ASCII', 'a'],
  ['not ASCII', 'é'],
])('text that is %s', (_, character) => {
  const fits = character.repeat(LONGEST / Buffer.byteLength(character));
  const text = fits + character;

  test('of the longest that the host has is told', () => {
    expect(tell(encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: fits }))).toEqual([
      ['text', fits],
    ]);
  });

  test('in one frame is too big', () => {
    expect(tell(encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: text }))).toEqual(REFUSED);
  });

  test('in fragments is too big', () => {
    const frames = encodeFragments(SERVER, { opcode: OPCODE.TEXT, payload: text }, 300);
    expect(tell(concat(frames))).toEqual(REFUSED);
  });

  test('is too big in the old drafts, too', () => {
    const sink = new RecordingSink();
    new HixieDecoder(sink).push(encodeHixieText(text));
    expect(sink.told).toEqual(REFUSED);
  });
});

test('the code for it is 1009; bytes of that length are no matter', () => {
  expect(VIOLATIONS.MESSAGE_TOO_BIG.closeCode).toBe(1009);
  const payload = repeat(1, LONGEST + 1);
  const [told] = tell(encodeFrame(SERVER, { opcode: OPCODE.BINARY, payload }));
  expect(told[0]).toBe('binary');
});

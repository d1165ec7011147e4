import { close, frame, ping, text, unfinished } from '../model/builders';
import { encodeFrame, HybiWire } from './codec';
import { HixieWire } from './hixie';

const KEY = Buffer.from('37fa213d', 'hex');

const VECTORS: [name: string, hex: string, octets: Buffer][] = [
  // The examples of RFC 6455 §5.7.
  ['a text frame', '810548656c6c6f', encodeFrame(text('Hello'))],
  ['a masked text frame', '818537fa213d7f9f4d5158', encodeFrame(text('Hello'), KEY)],
  ['a first fragment', '010348656c', encodeFrame(unfinished(text('Hel')))],
  ['a continuation', '80026c6f', encodeFrame(frame(0, 'lo'))],
  ['a ping', '890548656c6c6f', encodeFrame(ping('Hello'))],
  ['a closing frame', '880403e86f6b', encodeFrame(close(1000, 'ok'))],
  ['reserved bits', 'f100', encodeFrame(text('', 7))],
];

test.each(VECTORS)('writes %s', (_, hex, octets) => {
  expect(octets.toString('hex')).toBe(hex);
});

test.each([0, 1, 125, 126, 127, 65_535, 65_536])('reads what it wrote: %d octets', (size) => {
  const payload = Buffer.alloc(size, 'abc');
  const server = new HybiWire({ masks: false, allowedRsv: 0 });
  const client = new HybiWire({ masks: true, allowedRsv: 0 });
  const octets = client.encode(text(payload));
  const cut = Math.floor(octets.length / 2);
  expect(server.read(octets.subarray(0, cut))).toEqual([]);
  expect(server.read(octets.subarray(cut))).toEqual([{ ...text(payload), fault: undefined }]);
  expect(payload.equals(Buffer.alloc(size, 'abc'))).toBe(true);
});

test('reads octet by octet, and several frames at once', () => {
  const octets = Buffer.concat(
    [text('one'), ping(), close(1000)].map((given) => encodeFrame(given)),
  );
  const whole = reader().read(Buffer.from(octets));
  const wire = reader();
  const single = [...octets].flatMap((octet) => wire.read(Buffer.from([octet])));
  expect(whole.map(({ opcode }) => opcode)).toEqual([1, 9, 8]);
  expect(single).toEqual(whole);
});

test.each([
  ['masked', '818537fa213d7f9f4d5158', /masked/],
  ['reserved bits', 'c10141', /reserved bits/],
  ['a reserved opcode', '8300', /opcode 3/],
  ['a length in 16 bits that fits 7', '817e000141', /minimal/],
  ['a length in 64 bits that fits 16', '817f000000000000000141', /minimal/],
  ['a fragmented ping', '0900', /fragmented/],
  ['a long ping', `897e007e${'00'.repeat(126)}`, /125/],
  ['a length of 2^63', '817f8000000000000000', /announces/],
])('finds fault with %s', (_, hex, fault) => {
  expect(reader().read(Buffer.from(hex, 'hex'))[0].fault).toMatch(fault);
});

test('finds fault with a frame that a client did not mask', () => {
  const wire = new HybiWire({ masks: false, allowedRsv: 0 });
  expect(wire.read(encodeFrame(text('a')))[0].fault).toMatch(/not mask/);
});

test('writes and reads the frames of the drafts', () => {
  const wire = new HixieWire('hixie-76');
  expect(wire.encode(text('hi')).toString('hex')).toBe('006869ff');
  expect(wire.encode(close()).toString('hex')).toBe('ff00');
  expect(new HixieWire('hixie-75').encode(close())).toHaveLength(0);
  const frames = wire
    .read(Buffer.from('0068', 'hex'))
    .concat(wire.read(Buffer.from('69ffff00', 'hex')));
  expect(frames).toEqual([text('hi'), close()]);
  expect(wire.read(Buffer.from('8041', 'hex'))[0].fault).toMatch(/8041/);
});

function reader(): HybiWire {
  return new HybiWire({ masks: true, allowedRsv: 0 });
}

import { closeCodeOf, FrameCounter, readFrame } from './frame-reader';
import { clientFrame, payloadOf, serverFrame } from './frames';

const SIZES = [0, 1, 125, 126, 65_535, 65_536];
const FRAMES = SIZES.map((size) => serverFrame(payloadOf(size, 'binary'), false));
const STREAM = Buffer.concat(FRAMES);

test.each([1, 2, 3, 7, 1000, STREAM.length])('counts frames in chunks of %i bytes', (chunkSize) => {
  const counter = new FrameCounter();
  let frames = 0;
  for (let at = 0; at < STREAM.length; at += chunkSize) {
    frames += counter.count(STREAM.subarray(at, at + chunkSize));
  }
  expect(frames).toBe(SIZES.length);
});

test('a frame counts when its last byte is there', () => {
  const counter = new FrameCounter();
  const frame = serverFrame(payloadOf(200, 'text'), true);
  expect(counter.count(frame.subarray(0, -1))).toBe(0);
  expect(counter.count(frame.subarray(-1))).toBe(1);
});

test.each([
  ['a close frame', '8800'],
  ['a first fragment', '0100'],
  ['a continuation', '8000'],
])('%s is no message', (_, hex) => {
  expect(() => new FrameCounter().count(Buffer.from(hex, 'hex'))).toThrow(/unexpected frame/);
});

test.each(SIZES)('reads a frame of %i bytes once it is whole', (size) => {
  const payload = payloadOf(size, 'text');
  const frame = serverFrame(payload, true);
  expect(readFrame(frame.subarray(0, -1))).toBeUndefined();
  expect(readFrame(Buffer.concat([frame, frame]))).toEqual({ firstByte: 0x81, payload });
});

test.each(SIZES)('a masked frame of %i bytes is counted and unmasked', (size) => {
  const payload = payloadOf(size, 'text');
  const frame = clientFrame(payload, true);
  expect(new FrameCounter().count(frame)).toBe(1);
  expect(readFrame(frame.subarray(0, -1))).toBeUndefined();
  expect(readFrame(frame)).toEqual({ firstByte: 0x81, payload });
});

test.each([
  ['880203f1', 1009],
  ['8800', 1005],
  ['820203f1', undefined],
])('the close code of %s is %p', (hex, code) => {
  expect(closeCodeOf(readFrame(Buffer.from(hex, 'hex'))!)).toBe(code);
});

import fc from 'fast-check';
import { History } from './history';

test('is the end of what was appended, as far as the window reaches', () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 });
  const windows = fc.constantFrom(256, 512, 4096, 32_768);
  const law = fc.property(windows, messages, (window, appended) => {
    const history = new History(window);
    let all = Buffer.alloc(0);
    for (const message of appended) {
      history.append(message);
      all = Buffer.concat([all, message]);
      const expected = all.byteLength === 0 ? null : all.subarray(-window);
      expect(history.bytes).toEqual(expected);
      const copy = Buffer.alloc(history.length + 2, 7);
      history.copyTo(copy, 1);
      expect(copy).toEqual(
        Buffer.concat([Buffer.of(7), expected ?? Buffer.alloc(0), Buffer.of(7)]),
      );
    }
  });
  fc.assert(law, { numRuns: 200 });
});

test('takes memory as it fills, and no more than the window', () => {
  const history = new History(32_768);
  history.append(new Uint8Array(100));
  expect(history.bytes!.buffer.byteLength).toBeLessThanOrEqual(1024);
  for (let i = 0; i < 100; i++) history.append(new Uint8Array(1000));
  expect(history.bytes!.buffer.byteLength).toBe(32_768);
});

test('keeps a copy', () => {
  const history = new History(256);
  const message = Uint8Array.of(1, 2, 3);
  history.append(message);
  message.fill(0);
  expect(history.bytes).toEqual(Buffer.of(1, 2, 3));
});

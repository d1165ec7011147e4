import { compressOption, streamSettings } from './send-options';
import type { SendOptions, SendStreamOptions } from './send-options';

test.each<SendOptions | null>([null, {}, { compress: undefined }, { compress: null }])(
  'a message is compressed with the options %j',
  (options) => {
    expect(compressOption(options)).toBe(true);
  },
);

test.each<SendStreamOptions | null>([null, {}, { text: null, compress: null, signal: null }])(
  'the first chunk of a message in parts decides with the options %j',
  (options) => {
    expect(streamSettings(options)).toEqual({ text: null, compress: true, signal: null });
  },
);

test('what is given is taken', () => {
  const { signal } = new AbortController();
  expect(compressOption({ compress: false })).toBe(false);
  const given = { text: false, compress: false, signal };
  expect(streamSettings(given)).toEqual(given);
});

test.each([
  ['compress', 0, 'option compress: 0 is not a boolean'],
  ['text', 'yes', 'option text: "yes" is not a boolean'],
  ['signal', {}, 'option signal: [object Object] is not an AbortSignal'],
  ['txt', true, 'option txt is not known; did you mean text?'],
])('the option %s: %p throws', (name, value, message) => {
  expect(() => streamSettings({ [name]: value })).toThrow(new TypeError(message));
});

import { constants } from 'node:zlib';
import { deflateSettings } from './options';
import type { DeflateOptions } from './options';
import { permessageDeflate } from './first-use';

test('every option has a default', () => {
  const defaults = {
    level: 3,
    memLevel: 8,
    strategy: constants.Z_DEFAULT_STRATEGY,
    threshold: 1024,
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    serverMaxWindowBits: 15,
    clientMaxWindowBits: 15,
    takeoverWindowBits: 13,
    maxContextMemory: 67_108_864,
    contextIdleTimeout: 30_000,
  };
  expect(deflateSettings({}, '')).toEqual(defaults);
  for (const none of [undefined, null]) {
    const each = Object.keys(defaults).map((name) => [name, none]);
    expect(deflateSettings(Object.fromEntries(each) as DeflateOptions, '')).toEqual(defaults);
  }
  expect(deflateSettings(null, '')).toEqual(defaults);
});

test.each<[keyof DeflateOptions, number, number]>([
  ['level', -1, 9],
  ['memLevel', 1, 9],
  ['strategy', 0, 4],
  ['serverMaxWindowBits', 8, 15],
  ['takeoverWindowBits', 8, 15],
  ['clientMaxWindowBits', 8, 15],
])('%s goes from %d to %d', (name, least, most) => {
  expect(deflateSettings({ [name]: least }, '')[name]).toBe(least);
  expect(deflateSettings({ [name]: most }, '')[name]).toBe(most);
  for (const value of [least - 1, most + 1, most - 0.5, NaN, Infinity]) {
    expect(() => deflateSettings({ [name]: value }, '')).toThrow(
      new RangeError(`option ${name}: ${value} is not an integer from ${least} to ${most}`),
    );
  }
});

test.each<[string, unknown, string]>([
  ['level', '9', 'option deflate.level: "9" is not a number, but a string'],
  ['threshold', false, 'option deflate.threshold: false is not a number'],
  ['serverNoContextTakeover', 0, 'option deflate.serverNoContextTakeover: 0 is not a boolean'],
  [
    'clientNoContextTakeover',
    {},
    'option deflate.clientNoContextTakeover: [object Object] is not a boolean',
  ],
  [
    'windowBits',
    9,
    'option deflate.windowBits is not known; did you mean deflate.takeoverWindowBits?',
  ],
  ['memlevel', 9, 'option deflate.memlevel is not known; did you mean deflate.memLevel?'],
  ['treshold', 9, 'option deflate.treshold is not known; did you mean deflate.threshold?'],
])('%s: %p is a mistake', (name, value, message) => {
  const wrong = { [name]: value } as DeflateOptions;
  expect(() => permessageDeflate(wrong, 'deflate.')).toThrow(new TypeError(message));
});

test.each([3, 'fast'])('%p are no options', (options) => {
  const wrong = options as DeflateOptions;
  expect(() => permessageDeflate(wrong, 'deflate.')).toThrow(TypeError);
});

test('options that say the same make the same extension', () => {
  const one = permessageDeflate({ level: 1, threshold: 100 });
  expect(permessageDeflate({ threshold: 100, level: 1 })).toBe(one);
  expect(permessageDeflate({ threshold: 100, level: 2 })).not.toBe(one);
  expect(permessageDeflate({})).toBe(permessageDeflate());
});

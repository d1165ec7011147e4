import fc from 'fast-check';
import { anyText } from '../../../common/test/any-text';
import { Origins, type OriginsOption } from './origins';

const PLAIN = new URL('ws://app.example/chat');
const SECURE = new URL('wss://app.example:8443/chat');

const allowed: [OriginsOption | undefined, string, URL][] = [
  ['*', 'whatever', PLAIN],
  [undefined, 'http://app.example', PLAIN],
  ['same', 'http://app.example', PLAIN],
  ['same', 'http://app.example:80', PLAIN],
  ['same', 'HTTP://APP.example', PLAIN],
  ['same', 'https://app.example:8443', SECURE],
  [['https://app.example'], 'https://app.example', PLAIN],
  [['https://app.example:443'], 'https://app.example', PLAIN],
  [['https://APP.example'], 'https://app.example:443', PLAIN],
  [['http://[::1]:3000'], 'http://[::1]:3000', PLAIN],
  [['null'], 'null', PLAIN],
  [['chrome-extension://abc'], 'chrome-extension://abc', PLAIN],
];

const refused: [OriginsOption | undefined, string, URL][] = [
  [undefined, 'https://app.example', PLAIN],
  [undefined, 'http://app.example:8080', PLAIN],
  [undefined, 'http://app.example.evil.example', PLAIN],
  [undefined, 'http://evil.example', PLAIN],
  [undefined, 'null', PLAIN],
  [undefined, '', PLAIN],
  ['same', 'http://app.example', SECURE],
  ['same', 'http://app.example/', PLAIN],
  ['same', 'http://user@app.example', PLAIN],
  ['same', 'http://app.example http://evil.example', PLAIN],
  ['same', 'http://app.example\\@evil.example', PLAIN],
  ['same', 'app.example', PLAIN],
  [['https://app.example'], 'https://sub.app.example', PLAIN],
  [['https://app.example'], 'https://app.example.', PLAIN],
  [['https://app.example'], 'https://evilapp.example', PLAIN],
  [['https://app.example'], 'http://app.example', PLAIN],
  [['https://app.example'], 'null', PLAIN],
  [[], 'http://app.example', PLAIN],
];

test.each(allowed)('%j allows %s', (option, origin, url) => {
  expect(new Origins(option).allow(origin, url)).toBe(true);
});

test.each(refused)('%j refuses %j', (option, origin, url) => {
  expect(new Origins(option).allow(origin, url)).toBe(false);
});

test('whatever is sent as an origin, only those of the list are allowed', () => {
  const origins = new Origins(['https://app.example']);
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(origins.allow(text, PLAIN)).toBe(false);
      expect(origins.allow(`https://${text}app.example`, PLAIN)).toBe(text === '');
    }),
  );
});

test.each([
  [
    'https://app.example',
    `option origins: "https://app.example" is not a list of origins, nor 'same' or '*'`,
  ],
  [['*'], /^option origins: "\*" is not an origin/],
  [['https://app.example/'], /is not an origin/],
  [['app.example'], /is not an origin/],
  [
    ['https://*.app.example'],
    /is not an origin.*; the option '\*', not in a list, allows every page/,
  ],
  [[5], /^option origins: 5 is not an origin/],
])('the option %j is refused', (option, message) => {
  expect(() => new Origins(option as OriginsOption)).toThrow(message);
});

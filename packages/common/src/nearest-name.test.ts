import { nearestName } from './nearest-name';

const KNOWN = [
  'maxLength',
  'highWaterMark',
  'closeTimeout',
  'idleTimeout',
  'headers',
  'ca',
  'tls',
  'serverMaxWindowBits',
];

test.each([
  ['maxlength', 'maxLength'],
  ['maxLenght', 'maxLength'],
  ['MAX_LENGTH', 'maxLength'],
  ['maxLen', 'maxLength'],
  ['timeout', 'idleTimeout'],
  ['close_timeout', 'closeTimeout'],
  ['header', 'headers'],
  ['Headers', 'headers'],
  ['windowBits', 'serverMaxWindowBits'],
  ['CA', 'ca'],
  ['cas', 'ca'],
  ['tsl', 'tls'],
  ['hedaers', 'headers'],
])('%s: %s is nearest', (name, nearest) => {
  expect(nearestName(name, KNOWN)).toBe(nearest);
});

test.each([
  'cert',
  'max',
  'bits',
  'rejectUnauthorized',
  'agent',
  'x',
  '',
  'ab',
  'to',
  'constructor',
  '__proto__',
])('"%s": none is near', (name) => {
  expect(nearestName(name, KNOWN)).toBeNull();
});

test.each([
  ['cert', 'net'],
  ['noServer', 'slowReader'],
  ['rejectUnauthorized', 'createConnection'],
  ['port', 'proxy'],
  ['path', 'socketPath'],
])('%s has little to do with %s', (name, other) => {
  expect(nearestName(name, [other])).toBeNull();
});

test('of two that are as near, it is the first', () => {
  expect(nearestName('b1', ['a1', 'c1'])).toBe('a1');
});

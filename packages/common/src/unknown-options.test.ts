import { EventEmitter } from 'node:events';
import { knownOptions } from './unknown-options';
import type { UnknownOptionHelp } from './unknown-options';

const KNOWN = new Set(['maxLength', 'closeTimeout', 'headers', 'tls']);

const HELP: UnknownOptionHelp = {
  prefix: 'proxy.',
  elsewhere: new Map([
    ['key', 'it belongs into tls, as tls.key'],
    ['header', 'it is an option of others'],
  ]),
};

test.each<[string, UnknownOptionHelp | undefined, string]>([
  ['maxLenght', undefined, 'option maxLenght is not known; did you mean maxLength?'],
  ['header', undefined, 'option header is not known; did you mean headers?'],
  ['colour', undefined, 'option colour is not known'],
  ['__proto__', undefined, 'option __proto__ is not known'],
  ['constructor', HELP, 'option proxy.constructor is not known'],
  ['maxLenght', HELP, 'option proxy.maxLenght is not known; did you mean proxy.maxLength?'],
  ['key', HELP, 'option proxy.key is not known here: it belongs into tls, as tls.key'],
  [
    'secretKye',
    { elsewhere: new Map([['secretKey', 'it belongs into tls']]) },
    'option secretKye is not known; did you mean secretKey? (it belongs into tls)',
  ],
  [
    'colour',
    { otherwise: 'it belongs into data' },
    'option colour is not known: it belongs into data',
  ],
  ['header', HELP, 'option proxy.header is not known here: it is an option of others'],
])('%s, with the help %p', (name, help, message) => {
  const options = Object.fromEntries<unknown>([
    ['headers', {}],
    [name, 'secret'],
  ]);
  expect(() => knownOptions(options, KNOWN, help)).toThrow(new TypeError(message));
});

test('known ones are returned as they are, whatever their value', () => {
  const options = Object.freeze({ headers: 42, maxLength: undefined });
  expect(knownOptions(options, KNOWN)).toBe(options);
  expect(() => knownOptions({}, new Set())).not.toThrow();
});

test.each([null, undefined])('%p for an option that is known elsewhere is none', (value) => {
  expect(() => knownOptions({ key: value }, KNOWN, HELP)).not.toThrow();
  expect(() => knownOptions({ colour: value }, KNOWN, HELP)).toThrow('option proxy.colour');
  expect(() => knownOptions({ key: false }, KNOWN, HELP)).toThrow('option proxy.key');
});

test.each([null, undefined, false])('%p are none', (options) => {
  expect(knownOptions(options as unknown as object, KNOWN)).toEqual({});
});

test('an option may be called as a method of an emitter', () => {
  const options = { on: () => undefined };
  expect(knownOptions(options, new Set(['on']))).toBe(options);
});

test('what is inherited is not looked at', () => {
  const options = Object.create({ colour: 1 }) as object;
  expect(() => knownOptions(options, KNOWN)).not.toThrow();
});

test.each([
  [42, '42'],
  [0, '0'],
  [true, 'true'],
  ['options', '"options"'],
  [['options'], '[object Array]'],
  [new EventEmitter(), '[object Object]'],
])('%p is no object of options', (options, described) => {
  const refuse = (help?: UnknownOptionHelp): unknown =>
    knownOptions(options as unknown as object, KNOWN, help);
  const text = `${described} is not an object of options`;
  expect(() => refuse()).toThrow(new TypeError(`options: ${text}`));
  expect(() => refuse(HELP)).toThrow(new TypeError(`option proxy: ${text}`));
});

import { refuseUnknownOptions } from './unknown-options';
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
  ['header', HELP, 'option proxy.header is not known here: it is an option of others'],
])('%s, with the help %p', (name, help, message) => {
  const options: unknown = Object.fromEntries([
    ['headers', {}],
    [name, 'secret'],
  ]);
  expect(() => refuseUnknownOptions(options, KNOWN, help)).toThrow(new TypeError(message));
});

test('known ones pass, whatever their value', () => {
  expect(() => refuseUnknownOptions({ headers: 42, maxLength: undefined }, KNOWN)).not.toThrow();
  expect(() => refuseUnknownOptions({}, new Set())).not.toThrow();
});

test('what is inherited is not looked at', () => {
  const options = Object.create({ colour: 1 }) as object;
  expect(() => refuseUnknownOptions(options, KNOWN)).not.toThrow();
});

test.each([
  [null, 'null'],
  [undefined, 'undefined'],
  [42, '42'],
  ['options', '"options"'],
])('%p is no object', (options, described) => {
  const refuse = (help?: UnknownOptionHelp): void => refuseUnknownOptions(options, KNOWN, help);
  expect(() => refuse()).toThrow(new TypeError(`options: ${described} is not an object`));
  expect(() => refuse(HELP)).toThrow(new TypeError(`proxy.options: ${described} is not an object`));
});

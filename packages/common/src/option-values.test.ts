import { booleanOption, choiceOption, givenOptions, integerOption } from './option-values';
import { LONGEST_TIMEOUT, numberOption, optional, timeoutOption } from './option-values';

const RANGE = { fallback: 7, least: -1, most: 9 };
const COLOURS = ['red', 'green', 3] as const;

const isEven = (value: unknown): value is number => typeof value === 'number' && value % 2 === 0;

test.each<[string, (options: object) => unknown, unknown, unknown]>([
  ['an integer', (options) => integerOption(options, 'x', RANGE), 9, 7],
  ['the least integer', (options) => integerOption(options, 'x', RANGE), -1, 7],
  ['a timeout', (options) => timeoutOption(options, 'x', 50), 1, 50],
  ['no timeout', (options) => timeoutOption(options, 'x', 50), Infinity, 50],
  ['a timeout that may be none', (options) => timeoutOption(options, 'x', 50, 0), 0, 50],
  [
    'the longest timeout',
    (options) => timeoutOption(options, 'x', Infinity),
    2 ** 31 - 1,
    Infinity,
  ],
  ['a number', (options) => numberOption(options, 'x', 'a number'), -0.5, undefined],
  ['a boolean', (options) => booleanOption(options, 'x'), true, false],
  [
    'a boolean that is true by default',
    (options) => booleanOption(options, 'x', true),
    false,
    true,
  ],
  ['a choice', (options) => choiceOption(options, 'x', COLOURS), 3, undefined],
  ['any other', (options) => optional(options, 'x', 'even', isEven), 4, undefined],
])('%s: what is given, or the default', (_, read, given, fallback) => {
  expect(read(Object.freeze({ x: given }))).toBe(given);
  expect(read({ x: undefined })).toBe(fallback);
  expect(read({ x: null })).toBe(fallback);
  expect(read({})).toBe(fallback);
});

test('false is none, where leaving the option out means none', () => {
  expect(optional({ x: false }, 'x', 'even', isEven)).toBeUndefined();
  expect(timeoutOption({ x: false as never }, 'x', Infinity)).toBe(Infinity);
});

type Read = (options: object, prefix?: string) => unknown;

const integer: Read = (options, prefix) => integerOption(options, 'x', RANGE, prefix);
const boolean: Read = (options, prefix) => booleanOption(options, 'x', true, prefix);
const choice: Read = (options, prefix) => choiceOption(options, 'x', COLOURS, prefix);
const even: Read = (options, prefix) => optional(options, 'x', 'even', isEven, prefix);

test.each<[Read, unknown, new (message: string) => Error, string]>([
  [integer, '7', TypeError, '"7" is not a number, but a string'],
  [integer, false, TypeError, 'false is not a number'],
  [integer, 7n, TypeError, '7 is not a number'],
  [integer, 10, RangeError, '10 is not an integer from -1 to 9'],
  [integer, -2, RangeError, '-2 is not an integer from -1 to 9'],
  [integer, 0.5, RangeError, '0.5 is not an integer from -1 to 9'],
  [integer, NaN, RangeError, 'NaN is not an integer from -1 to 9'],
  [integer, Infinity, RangeError, 'Infinity is not an integer from -1 to 9'],
  [boolean, 0, TypeError, '0 is not a boolean'],
  [choice, 'blue', TypeError, '"blue" is not one of red, green, 3'],
  [choice, '3', TypeError, '"3" is not one of red, green, 3'],
  [choice, false, TypeError, 'false is not one of red, green, 3'],
  [even, 3, TypeError, '3 is not even'],
])('%p: %p throws', (read, value, type, text) => {
  expect(() => read({ x: value })).toThrow(new type(`option x: ${text}`));
  expect(() => read({ x: value }, 'deep.')).toThrow(new type(`option deep.x: ${text}`));
});

test.each([0, -1, 0.5, 2 ** 31, NaN, -Infinity])('a timeout of %d throws', (x) => {
  const range = `from 1 to ${LONGEST_TIMEOUT}, nor Infinity, which is no limit`;
  const error = new RangeError(`option x: ${x} is not an integer of milliseconds ${range}`);
  expect(() => timeoutOption({ x }, 'x', 5)).toThrow(error);
  expect(() => timeoutOption({ x }, 'x', 5, 1, 'deep.')).toThrow('option deep.x: ');
});

test('a timeout that is no number throws', () => {
  const timeout = (x: unknown): unknown => timeoutOption({ x: x as number }, 'x', 5);
  expect(() => timeout('5')).toThrow(new TypeError('option x: "5" is not a number, but a string'));
  expect(() => timeout(false)).toThrow(new TypeError('option x: false is not a number'));
});

describe('options for somebody else', () => {
  const ignored = new Set(['host']);

  test('are copied, without what is left out or ignored', () => {
    const given = { host: 'a', ca: 'b', key: null, cert: undefined, rejectUnauthorized: false };
    const copy = givenOptions(given, 'tls', ignored);
    expect(copy).toEqual({ ca: 'b', rejectUnauthorized: false });
    expect(Object.keys(copy)).toEqual(['ca', 'rejectUnauthorized']);
  });

  test('cannot reach the prototype', () => {
    const given = JSON.parse('{ "__proto__": { "rejectUnauthorized": false } }') as object;
    const copy = givenOptions<{ rejectUnauthorized: boolean }>(given, 'tls', ignored);
    expect(copy.rejectUnauthorized).toBeUndefined();
  });

  test.each([undefined, null, false])('%p is none', (value) => {
    expect(givenOptions(value, 'tls', ignored)).toEqual({});
  });

  test.each([
    [true, 'true'],
    ['localhost', '"localhost"'],
  ])('%p is no object', (value, described) => {
    const message = `option net: ${described} is not an object`;
    expect(() => givenOptions(value, 'net', ignored)).toThrow(new TypeError(message));
  });
});

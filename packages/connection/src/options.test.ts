import {
  CONNECTION_OPTIONS,
  connectionSettings,
  describe as describeValue,
  refuseUnknownOptions,
  timeoutOption,
} from './options';

const LONGEST_TIMEOUT = 2 ** 31 - 1;

describe('connectionSettings', () => {
  const DEFAULTS = { maxLength: 2 ** 26 - 1, closeTimeout: 30_000 };

  test.each([{}, { maxLength: undefined, closeTimeout: undefined }])(
    '%p: the defaults',
    (given) => {
      expect(connectionSettings(given)).toEqual(DEFAULTS);
    },
  );

  test.each([
    { maxLength: 0 },
    { maxLength: Number.MAX_SAFE_INTEGER },
    { closeTimeout: 0 },
    { closeTimeout: LONGEST_TIMEOUT },
  ])('%p is accepted', (given) => {
    const frozen = Object.freeze(given);
    expect(connectionSettings(frozen)).toEqual({ ...DEFAULTS, ...given });
  });

  test.each([
    ['maxLength', -1],
    ['maxLength', 1.5],
    ['maxLength', NaN],
    ['maxLength', Infinity],
    ['maxLength', 2 ** 53],
    ['closeTimeout', -1],
    ['closeTimeout', 0.5],
    ['closeTimeout', LONGEST_TIMEOUT + 1],
  ])('%s: %d is out of range, and says so', (name, value) => {
    const settings = (): unknown => connectionSettings({ [name]: value });
    expect(settings).toThrow(RangeError);
    expect(settings).toThrow(`option ${name}: ${value} is not an integer from 0 to`);
  });

  test.each(['10', null, true, {}, 10n])('%p is not a number, and says so', (value) => {
    for (const name of CONNECTION_OPTIONS) {
      const settings = (): unknown => connectionSettings({ [name]: value });
      expect(settings).toThrow(TypeError);
      expect(settings).toThrow(`option ${name}: ${describeValue(value)} is not a number`);
    }
  });

  test('the names of the options are known', () => {
    expect(CONNECTION_OPTIONS).toEqual(Object.keys(DEFAULTS));
  });
});

test('timeoutOption reads the option that is named', () => {
  expect(timeoutOption({ patience: 5 }, 'patience', 7)).toBe(5);
  expect(timeoutOption({}, 'patience', 7)).toBe(7);
  expect(() => timeoutOption({ patience: -5 }, 'patience', 7)).toThrow('option patience: -5');
});

describe('refuseUnknownOptions', () => {
  const KNOWN = ['maxLength', 'closeTimeout', 'headers'];

  test.each([
    ['maxlength', 'maxLength'],
    ['maxLenght', 'maxLength'],
    ['max', 'maxLength'],
    ['timeout', 'closeTimeout'],
    ['close_timeout', 'closeTimeout'],
    ['header', 'headers'],
  ])('%s: names it, and the nearest that is known', (name, hint) => {
    const refuse = (): void => refuseUnknownOptions({ headers: {}, [name]: 1 }, KNOWN);
    expect(refuse).toThrow(TypeError);
    expect(refuse).toThrow(`did you mean ${hint}?`);
    expect(refuse).toThrow(`option ${name} is not known`);
  });

  test('known ones pass, whatever their value', () => {
    expect(() => refuseUnknownOptions({ headers: 42, maxLength: undefined }, KNOWN)).not.toThrow();
  });

  test.each([null, undefined, 42, 'options'])('%p is no object', (options) => {
    expect(() => refuseUnknownOptions(options, KNOWN)).toThrow(TypeError);
  });
});

test.each([
  ['text', '"text"'],
  ['x'.repeat(100), `"${'x'.repeat(40)}"`],
  [42, '42'],
  [42n, '42'],
  [null, 'null'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [{ toString: () => 'own' }, '[object Object]'],
  [[1, 2, 3], '[object Array]'],
  [(): string => 'a long function', '[object Function]'],
])('%p is described as %s', (value, description) => {
  expect(describeValue(value)).toBe(description);
});

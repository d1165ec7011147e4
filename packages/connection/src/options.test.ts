import { constants } from 'node:buffer';
import { describe as describeValue } from '@ws/common';
import { CONNECTION_OPTIONS, connectionSettings } from './options';
import type { ConnectionOptions } from './options';

const LONGEST_TIMEOUT = 2 ** 31 - 1;

describe('connectionSettings', () => {
  const DEFAULTS = {
    maxLength: 2 ** 26 - 1,
    maxStreamedLength: Infinity,
    highWaterMark: 65_536,
    maxBufferedAmount: 16_777_216,
    slowReader: 'close',
    closeTimeout: 30_000,
    unheardTimeout: 5000,
    delivery: 'sync',
    textType: 'string',
    pingInterval: Infinity,
    pingTimeout: 30_000,
    idleTimeout: Infinity,
    signal: null,
  };

  const each = (value: unknown): ConnectionOptions =>
    Object.fromEntries(CONNECTION_OPTIONS.map((name) => [name, value]));

  test.each([{}, each(undefined), each(null)])('%p: the defaults', (given) => {
    expect(connectionSettings(given)).toEqual(DEFAULTS);
  });

  test.each([
    { maxLength: 0 },
    { maxLength: 2 ** 31 },
    { maxStreamedLength: 0 },
    { maxStreamedLength: Infinity },
    { closeTimeout: 1 },
    { closeTimeout: Infinity },
    { pingTimeout: Infinity },
    { idleTimeout: Infinity },
    { pingInterval: 1 },
    { pingInterval: LONGEST_TIMEOUT },
    { closeTimeout: LONGEST_TIMEOUT },
    { highWaterMark: 0 },
    { maxBufferedAmount: 0 },
    { maxBufferedAmount: Infinity },
    { slowReader: 'drop' as const },
    { slowReader: 'none' as const },
    { pingTimeout: 1 },
    { unheardTimeout: 0 },
    { unheardTimeout: Infinity },
    { delivery: 'turn' as const },
    { textType: 'buffer' as const },
    { idleTimeout: 1 },
    { signal: new AbortController().signal },
  ])('%p is accepted', (given) => {
    const frozen = Object.freeze(given);
    expect(connectionSettings(frozen)).toEqual({ ...DEFAULTS, ...given });
  });

  test.each([Number.MAX_SAFE_INTEGER, Infinity])(
    'maxLength: %d is as long as an array can be, and what an extension adds',
    (maxLength) => {
      const most = connectionSettings({ maxLength }).maxLength;
      expect(most).toBeLessThan(constants.MAX_LENGTH);
      expect(most).toBeGreaterThan(constants.MAX_LENGTH * 0.99);
    },
  );

  test.each([
    ['maxLength', -1],
    ['maxLength', 1.5],
    ['maxLength', NaN],
    ['maxLength', 2 ** 53],
    ['maxStreamedLength', -1],
    ['highWaterMark', -1],
    ['highWaterMark', Infinity],
    ['maxBufferedAmount', NaN],
    ['maxBufferedAmount', -Infinity],
  ])('%s: %d is out of range, and says so', (name, value) => {
    const settings = (): unknown => connectionSettings({ [name]: value });
    expect(settings).toThrow(RangeError);
    expect(settings).toThrow(`option ${name}: ${value} is not an integer from 0 to`);
  });

  test.each(['maxLength', 'maxStreamedLength', 'maxBufferedAmount'])(
    '%s: what is out of range is told that Infinity is allowed',
    (name) => {
      expect(() => connectionSettings({ [name]: -1 })).toThrow(
        /, nor Infinity, which is no limit$/,
      );
    },
  );

  test('highWaterMark: what is out of range is not told of Infinity, which is refused', () => {
    expect(() => connectionSettings({ highWaterMark: -1 })).toThrow(/ to \d+$/);
  });

  test.each(['closeTimeout', 'pingTimeout', 'idleTimeout'])(
    '%s: 0 is no limit elsewhere, and would be over at once: it is out of range',
    (name) => {
      for (const value of [0, -1, 0.5, LONGEST_TIMEOUT + 1, NaN, -Infinity]) {
        const settings = (): unknown => connectionSettings({ [name]: value });
        expect(settings).toThrow(RangeError);
        expect(settings).toThrow(
          `option ${name}: ${value} is not an integer of milliseconds from 1`,
        );
        expect(settings).toThrow('nor Infinity, which is no limit');
      }
    },
  );

  const EXPECTED: Record<string, string> = {
    slowReader: 'not one of close, drop, none',
    delivery: 'not one of sync, turn',
    textType: 'not one of string, buffer',
    signal: 'not an AbortSignal',
  };
  test.each(['10', true, {}, 10n])('%p is no value of any option, and says so', (value) => {
    for (const name of CONNECTION_OPTIONS) {
      const settings = (): unknown => connectionSettings({ [name]: value });
      const expected = EXPECTED[name] ?? 'not a number';
      const text = `option ${name}: ${describeValue(value)} is ${expected}`;
      expect(settings).toThrow(TypeError);
      expect(settings).toThrow(text);
      if (text.includes('"10" is not a number')) expect(settings).toThrow(', but a string');
    }
  });

  test('ping is given in seconds, of which there may be fractions', () => {
    expect(connectionSettings({ ping: 0.25 }).pingInterval).toBe(250);
    expect(connectionSettings({ ping: 30 }).pingInterval).toBe(30_000);
  });

  test('an hour is the longest', () => {
    expect(connectionSettings({ ping: 3600 }).pingInterval).toBe(3_600_000);
  });

  test.each([-1, NaN, Infinity, 3601, 30_000])('ping: %d is out of range', (ping) => {
    expect(() => connectionSettings({ ping })).toThrow(RangeError);
    expect(() => connectionSettings({ ping })).toThrow(
      `option ping: ${ping} is not more than 0 and at most 3600 seconds; milliseconds are what pingInterval`,
    );
  });

  test.each<[keyof ConnectionOptions, unknown]>([
    ['ping', 0],
    ['ping', false],
    ['pingInterval', 0],
    ['pingInterval', false],
    ['idleTimeout', false],
    ['signal', false],
  ])('%s: %p is none', (name, value) => {
    expect(connectionSettings({ [name]: value })).toEqual(DEFAULTS);
  });

  test('ping and pingInterval exclude each other, unless one is never', () => {
    const both = (): unknown => connectionSettings({ ping: 30, pingInterval: 30_000 });
    expect(both).toThrow(
      new TypeError('option ping: it cannot be used together with option pingInterval'),
    );
    expect(connectionSettings({ ping: undefined, pingInterval: 5 }).pingInterval).toBe(5);
    expect(connectionSettings({ ping: 0, pingInterval: 5 }).pingInterval).toBe(5);
    expect(connectionSettings({ ping: 5, pingInterval: undefined }).pingInterval).toBe(5000);
  });

  test('a signal that has aborted already is no mistake', () => {
    const signal = AbortSignal.abort(new Error('changed my mind'));
    expect(connectionSettings({ signal }).signal).toBe(signal);
  });

  test('the names of the options are known', () => {
    const names = Object.keys({ ...DEFAULTS, ping: undefined });
    expect([...CONNECTION_OPTIONS].sort()).toEqual(names.sort());
  });
});

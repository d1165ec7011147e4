import { headerEntries } from './headers';
import type { HeaderInput } from './headers';

describe('headerEntries', () => {
  test('copies names and values in order', () => {
    const headers = { 'X-One': 'a', 'X-Two': 2, 'Set-Cookie': ['b=1', 'c=2'], 'X-None': [] };
    expect(headerEntries(headers, 'options.headers')).toEqual([
      ['X-One', 'a'],
      ['X-Two', '2'],
      ['Set-Cookie', 'b=1'],
      ['Set-Cookie', 'c=2'],
    ]);
  });

  test.each(['', ' ', '\t', 'a b', '\u00e9', '"quoted", list'])(
    'lets the value %j through',
    (value) => {
      expect(headerEntries({ Name: value }, 'here')).toEqual([['Name', value]]);
    },
  );

  test.each(['a\rb', 'a\nb', 'a\r\nX: y', 'a\0b', '\x7f', '\x1b', '\u0100', '💥'])(
    'throws on the value %j',
    (value) => {
      const error = 'options.headers: header "X-Name" has a character';
      expect(() => headerEntries({ 'X-Name': value }, 'options.headers')).toThrow(error);
      expect(() => headerEntries({ 'X-Name': ['ok', value] }, 'options.headers')).toThrow(
        TypeError,
      );
    },
  );

  test.each(['', ' ', 'a b', 'a:', 'a\r\nb', 'a\0', '\u00e9', '(a)'])(
    'throws on the name %j',
    (name) => {
      const error = `options.headers: ${JSON.stringify(name)} is not a valid header name`;
      expect(() => headerEntries({ [name]: 'value' }, 'options.headers')).toThrow(error);
    },
  );

  test('leaves out what is null or undefined, and writes numbers and booleans', () => {
    const headers = {
      'X-Null': null,
      'X-Undefined': undefined,
      'X-Some': ['a', null, undefined, true],
      'X-True': true,
      'X-False': false,
      'X-Zero': 0,
      'X-Big': 1n,
      'X-Empty': '',
    };
    expect(headerEntries(headers as unknown as HeaderInput, 'here')).toEqual([
      ['X-Some', 'a'],
      ['X-Some', 'true'],
      ['X-True', 'true'],
      ['X-False', 'false'],
      ['X-Zero', '0'],
      ['X-Big', '1'],
      ['X-Empty', ''],
    ]);
  });

  test.each(['a b', 'a\r\nb'])('throws on the name %j, also when there is no value', (name) => {
    expect(() => headerEntries({ [name]: null }, 'here')).toThrow('is not a valid header name');
  });

  test.each([{}, [{}], [['nested']], Symbol('s'), () => {}])('throws on the value %p', (value) => {
    const headers = { Name: value } as unknown as HeaderInput;
    expect(() => headerEntries(headers, 'here')).toThrow(
      'header "Name" must be a string, a number or a boolean',
    );
  });

  test.each([
    ['null', null],
    ['a string', 'Name: value'],
    ['a list', [['Name', 'value']]],
    ['a Map', new Map([['Name', 'value']])],
    ['Headers', new Headers({ Name: 'value' })],
  ])('throws on %s instead of losing what is in it', (_, headers) => {
    expect(() => headerEntries(headers as unknown as HeaderInput, 'here')).toThrow(
      'here: pass a plain object',
    );
  });
});

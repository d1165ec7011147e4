import { thrownBy } from '../test/thrown';
import { areDistinctTokens, chooseSubprotocol, validateSubprotocols } from './subprotocols';

describe('chooseSubprotocol', () => {
  test.each([
    ['the client’s preference', ['a', 'b'], ['b', 'a'], 'a'],
    ['the first that is supported', ['x', 'b', 'a'], ['a', 'b'], 'b'],
    ['none in common', ['x'], ['a'], undefined],
    ['none requested', [], ['a'], undefined],
    ['none supported', ['a'], [], undefined],
    ['names in another case', ['A'], ['a'], undefined],
    ['empty names', [''], [''], undefined],
    ['constructor', ['constructor'], [], undefined],
    ['__proto__', ['__proto__', 'a'], ['a'], 'a'],
    ['toString, supported', ['toString'], ['toString'], 'toString'],
  ])('%s', (_, requested, supported, chosen) => {
    expect(chooseSubprotocol(requested, supported)).toBe(chosen);
  });
});

describe('validateSubprotocols', () => {
  test.each([
    [undefined, []],
    [null, []],
    ['', []],
    [false as never, []],
    [[], []],
    ['chat', ['chat']],
    [
      ['b', 'a'],
      ['b', 'a'],
    ],
    [
      ['constructor', '__proto__', 'toString'],
      ['constructor', '__proto__', 'toString'],
    ],
  ])('%j gives %j', (protocols, names) => {
    expect(validateSubprotocols(protocols)).toEqual(names);
  });

  test('gives a list of its own', () => {
    const protocols = ['a'];
    expect(validateSubprotocols(protocols)).not.toBe(protocols);
  });

  test.each([
    ['an empty name in a list', ['a', '']],
    ['a space', 'a b'],
    ['a comma', 'a,b'],
    ['a slash', 'a/b'],
    ['CR and LF', 'a\r\nX: y'],
    ['NUL', 'a\0'],
    ['a character beyond ASCII', '\u0080'],
    ['a name twice', ['echo', 'echo']],
    ['a name twice in different case', ['echo', 'Echo']],
  ])('throws a SyntaxError on %s', (_, protocols) => {
    const error = thrownBy(() => validateSubprotocols(protocols));
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toHaveProperty('name', 'SyntaxError');
  });

  test.each([42, 0, true, {}, [1], [undefined], new Array(1)])(
    'throws a TypeError on %j',
    (protocols) => {
      expect(() => validateSubprotocols(protocols as unknown as string[])).toThrow(TypeError);
    },
  );

  test('options in the place of subprotocols are told where they belong', () => {
    const validate = (): unknown => validateSubprotocols({ headers: {} } as unknown as string[]);
    expect(validate).toThrow('a list of strings; options are the next argument');
  });
});

test('received names are compared as they are', () => {
  expect(areDistinctTokens(['echo', 'Echo'])).toBe(true);
  expect(areDistinctTokens(['echo', 'echo'])).toBe(false);
  expect(areDistinctTokens(['a b'])).toBe(false);
});

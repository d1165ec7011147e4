import { describe as describeValue } from './describe';

test.each([
  ['text', '"text"'],
  ['a "quote"\n', '"a \\"quote\\"\\n"'],
  ['x'.repeat(100), `"${'x'.repeat(40)}"`],
  [42, '42'],
  [NaN, 'NaN'],
  [42n, '42'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [{ toString: () => 'own' }, '[object Object]'],
  [Object.create(null), '[object Object]'],
  [[1, 2, 3], '[object Array]'],
  [(): string => 'a long function', '[object Function]'],
])('%p is described as %s', (value, description) => {
  expect(describeValue(value)).toBe(description);
});

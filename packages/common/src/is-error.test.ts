import { runInNewContext } from 'node:vm';
import { isError } from './is-error';

const foreign = (expression: string): unknown => runInNewContext(expression, { DOMException });

test.each([
  ['an error', new Error('x'), true],
  ['a kind of error', new (class extends RangeError {})('x'), true],
  ['a DOMException', new DOMException('x'), true],
  ['an error of another realm', foreign('new TypeError("x")'), true],
  ['a kind of error of another realm', foreign('new (class extends Error {})("x")'), true],
  ['what looks like one', { name: 'Error', message: 'x' }, false],
  ['a string', 'x', false],
  ['null', null, false],
  ['undefined', undefined, false],
])('%s', (_, value, expected) => {
  expect(isError(value)).toBe(expected);
});

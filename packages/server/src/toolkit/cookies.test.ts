import fc from 'fast-check';
import { anyText } from '../../../common/test/any-text';
import { cookiesIn } from './cookies';

test.each<[string | undefined, Record<string, string>]>([
  [undefined, {}],
  ['', {}],
  ['a=1', { a: '1' }],
  ['a=1; b=2', { a: '1', b: '2' }],
  ['a=1;b=2 ;  c = 3 ', { a: '1', b: '2', c: '3' }],
  ['a=1; a=2', { a: '1' }],
  ['a=', { a: '' }],
  ['a="1 2"', { a: '1 2' }],
  ['a="', { a: '"' }],
  ['a=b=c', { a: 'b=c' }],
  ['a=%7B%22x%22%7D', { a: '{"x"}' }],
  ['a=100%', { a: '100%' }],
  ['a=%ff', { a: '%ff' }],
  ['=1; ; x; a=1', { a: '1' }],
  ['__proto__=1; constructor=2', { ['__proto__']: '1', constructor: '2' }],
])('%j', (header, cookies) => {
  expect([...cookiesIn(header)]).toEqual(Object.entries(cookies));
});

test('a value that was percent-encoded comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      expect(cookiesIn(`sid=${encodeURIComponent(value)}`).get('sid')).toBe(value);
    }),
  );
});

test('whatever a peer sends, there is a map', () => {
  fc.assert(
    fc.property(anyText(), (header) => {
      for (const [name, value] of cookiesIn(header)) {
        expect(typeof name + typeof value).toBe('stringstring');
      }
    }),
  );
});

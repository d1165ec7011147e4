import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { forwardedElements } from './forwarded';
import type { ForwardedElement } from './forwarded';

type Row = [what: string, header: string | string[] | undefined, (ForwardedElement | null)[]];

const element = (parts: Partial<ForwardedElement>): ForwardedElement => ({
  for: undefined,
  host: undefined,
  proto: undefined,
  ...parts,
});
const ADA = element({ for: '1.1.1.1' });

const ROWS: Row[] = [
  ['no header', undefined, []],
  ['an empty header', '', []],
  ['commas alone', ' , ,', []],
  [
    'all that counts, and more',
    'for=1.1.1.1;by=_x;host=a.example;proto=https;ext=5',
    [element({ for: '1.1.1.1', host: 'a.example', proto: 'https' })],
  ],
  ['names in capitals', 'FOR=1.1.1.1', [ADA]],
  ['spaces around all of it', ' for=1.1.1.1\t; ;proto=http ', [{ ...ADA, proto: 'http' }]],
  ['quotes', 'for="[::1]:5";host="a:80"', [element({ for: '[::1]:5', host: 'a:80' })]],
  ['what should have quotes', 'for=[::1]:5;host=a:80', [element({ for: '[::1]:5', host: 'a:80' })]],
  ['empty quotes', 'host=""', [element({ host: '' })]],
  ['escapes', String.raw`host="a\"b\\";for=1.1.1.1`, [{ ...ADA, host: 'a"b\\' }]],
  ['separators in quotes', 'host="a,b;c=d";for=1.1.1.1', [{ ...ADA, host: 'a,b;c=d' }]],
  ['several, the nearest first', 'for=2.2.2.2, for=1.1.1.1', [ADA, element({ for: '2.2.2.2' })]],
  ['several headers', ['for=2.2.2.2', 'for=1.1.1.1'], [ADA, element({ for: '2.2.2.2' })]],
  ['quotes that a client leaves open', 'host=", for=1.1.1.1', [ADA, null]],
  ['an escape that a client leaves open', String.raw`host="\, for=1.1.1.1`, [ADA, null]],
  [
    'quotes that a client leaves open in front of quotes',
    'host=", for=1.1.1.1;host="a"',
    [{ ...ADA, host: 'a' }, null],
  ],
  ['a parameter that is there twice', 'for=2.2.2.2;For=1.1.1.1', [null]],
  ['no name', '=1.1.1.1', [null]],
  ['no value', 'for=', [null]],
  ['no pair', '1.1.1.1', [null]],
  ['a space in a pair', 'for =1.1.1.1', [null]],
  ['text behind quotes', 'host="a"b', [null]],
  ['text between quotes', 'host="a"b"c"', [null]],
  ['quotes within a token', 'host=a"b"', [null]],
];

test.each(ROWS)('%s: %j', (_, header, elements) => {
  expect(forwardedElements(header)).toEqual(elements);
});

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

test('what a proxy adds is read as it is, whatever is in front of it', () => {
  const text = anyText();
  fc.assert(
    fc.property(text, text, text, (sent, name, host) => {
      const added = `for=${quoted(name)};host=${quoted(host)};proto=https`;
      const [nearest] = forwardedElements(`${sent}, ${added}`);
      expect(nearest).toEqual({ for: name, host, proto: 'https' });
    }),
  );
});

test.each(['"', '\\', '\\"', ',', ';', '=', ' ', 'for="', 'a="\\",', 'for=1;'])(
  'reads 1.5 MB of %j',
  (text) => {
    const header = text.repeat(1_500_000 / text.length);
    expect(Array.isArray(forwardedElements(header))).toBe(true);
    expect(forwardedElements(`${header},for=1.1.1.1`)[0]).toEqual(ADA);
  },
);

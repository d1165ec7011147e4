/** The grammar of Sec-WebSocket-Extensions: vectors, laws, and the cost of hostile headers. */
import fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { thrownBy } from '../test/sessions';
import type { ExtensionParameter } from './extension';
import {
  ExtensionHeaderError,
  parseExtensions,
  scanExtensions,
  serializeExtensions,
  type Characters,
  type ExtensionElement,
} from './header';

const bare = (name: string): ExtensionParameter => ({ name, value: null, quoted: false });
const plain = (name: string, value: string): ExtensionParameter => ({ name, value, quoted: false });
const quoted = (name: string, value: string): ExtensionParameter => ({ name, value, quoted: true });
const element = (name: string, ...parameters: ExtensionParameter[]): ExtensionElement => ({
  name,
  parameters,
});

describe('parseExtensions', () => {
  test.each<[string, ExtensionElement[]]>([
    ['', []],
    [' \t', []],
    ['a', [element('a')]],
    ['a,b', [element('a'), element('b')]],
    ['a,,b', [element('a'), element('b')]],
    [',a, ,b ,', [element('a'), element('b')]],
    ['b, a, b', [element('b'), element('a'), element('b')]],
    ['a;x', [element('a', bare('x'))]],
    ['a;x=1', [element('a', plain('x', '1'))]],
    ['a;x="1"', [element('a', quoted('x', '1'))]],
    ['a;x="\\1\\2"', [element('a', quoted('x', '12'))]],
    ['a;x="1\\2"', [element('a', quoted('x', '12'))]],
    ['a; x = 1 ; y\t=\t"2" ,b', [element('a', plain('x', '1'), quoted('y', '2')), element('b')]],
    ['a;x=1;x;x=2', [element('a', plain('x', '1'), bare('x'), plain('x', '2'))]],
    ["!#$%&'*+-.^_`|~", [element("!#$%&'*+-.^_`|~")]],
    [
      'constructor; __proto__; toString=hasOwnProperty, __proto__',
      [
        element('constructor', bare('__proto__'), plain('toString', 'hasOwnProperty')),
        element('__proto__'),
      ],
    ],
    [
      'permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate',
      [
        element(
          'permessage-deflate',
          bare('client_max_window_bits'),
          plain('server_max_window_bits', '10'),
        ),
        element('permessage-deflate'),
      ],
    ],
  ])('reads %j', (header, elements) => {
    expect(parseExtensions(header)).toEqual(elements);
  });

  test.each([
    ['a list with nothing in it', ' , ,\t', 5],
    ['a parameter without an extension', ';x', 0],
    ['a value without an extension', '=1', 0],
    ['a quoted extension', '"a"', 0],
    ['two extensions without a comma', 'a b', 2],
    ['an extension with a value', 'a=1', 1],
    ['an empty parameter', 'a;', 2],
    ['an empty parameter before another', 'a;;x', 2],
    ['an empty value', 'a;x=', 4],
    ['two values', 'a;x=1 2', 6],
    ['a value behind a quoted one', 'a;x="1"2', 7],
    ['an empty quoted value', 'a;x=""', 5],
    ['a quoted value that does not end', 'a;x="1', 6],
    ['a quoted value that ends in a backslash', 'a;x="1\\', 7],
    ['a quoted value whose only quote is escaped', 'a;x="1\\"', 7],
    ['quotes around a space', 'a;x="1 2"', 6],
    ['quotes around a comma', 'a;x="1,2"', 6],
    ['quotes around an escaped comma', 'a;x="1\\,2"', 7],
    ['a character beyond ASCII', 'a\u00e9', 1],
    ['a character beyond Latin-1', 'a;x=\u{1f4a9}', 4],
    ['CR and LF', 'a\r\nb', 1],
    ['NUL', 'a\0', 1],
    ['DEL', 'a;x=\x7f', 4],
    ['a slash', 'a/b', 1],
  ])('refuses %s', (_, header, position) => {
    const error = thrownBy(() => parseExtensions(header));
    expect(error).toBeInstanceOf(ExtensionHeaderError);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).toHaveProperty('position', position);
  });

  test('says what it expected, and where', () => {
    expect(() => parseExtensions('a; =1')).toThrow(
      'expected a token at position 3 of Sec-WebSocket-Extensions',
    );
  });

  test('any text parses, or is refused with the documented error', () => {
    const pieces = fc.constantFrom('a', 'b1', ',', ';', '=', '"', '\\', ' ', '\t', '\0', '\u00e9');
    const text = fc.oneof(
      anyText({ maxLength: 30 }),
      fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (header) => {
        try {
          serializeExtensions(parseExtensions(header));
        } catch (error) {
          expect(error).toBeInstanceOf(ExtensionHeaderError);
          const { position } = error as ExtensionHeaderError;
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(header.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('serializeExtensions', () => {
  test.each<[ExtensionElement[], string]>([
    [[], ''],
    [[element('a'), element('b')], 'a, b'],
    [[element('a', bare('x'), plain('y', '1'), quoted('z', '2'))], 'a; x; y=1; z="2"'],
    [[element('a', plain('x', ''))], 'a; x=""'],
    [[element('a', plain('x', '1, 2'))], 'a; x="1, 2"'],
    [[element('a', plain('x', '"\\\t'))], 'a; x="\\"\\\\\t"'],
  ])('%j gives %j', (elements, header) => {
    expect(serializeExtensions(elements)).toBe(header);
  });

  test.each(['', ' ', 'a b', 'a,b', 'a\r\nX: y', 'a\0', '\u00e9', '"a"'])(
    'throws on the name %j',
    (name) => {
      const error = `${JSON.stringify(name)} cannot be sent as the name of an extension`;
      expect(() => serializeExtensions([element(name)])).toThrow(TypeError);
      for (const parameter of [bare(name), plain(name, '1')]) {
        expect(() => serializeExtensions([element('a', parameter)])).toThrow(error);
      }
    },
  );

  test.each(['a\rb', 'a\nb', 'a\0b', '\x7f', '\x1b', '\u00e9', '\u{1f4a9}'])(
    'throws on the value %j',
    (value) => {
      for (const parameter of [plain('x', value), quoted('x', value)]) {
        expect(() => serializeExtensions([element('a', parameter)])).toThrow(
          new TypeError('the value of the extension parameter "x" cannot be sent'),
        );
      }
    },
  );

  test('is undone by parseExtensions', () => {
    const token = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', 'Z', '0', '9', '!', '~', '-', '_'),
        minLength: 1,
        maxLength: 8,
      }),
      fc.constantFrom('__proto__', 'constructor', 'toString'),
    );
    const parameter = fc.oneof(
      token.map(bare),
      fc.tuple(token, token).map(([name, value]) => plain(name, value)),
      fc.tuple(token, token).map(([name, value]) => quoted(name, value)),
    );
    const elements = fc.array(
      fc
        .tuple(token, fc.array(parameter, { maxLength: 4 }))
        .map(([name, list]) => element(name, ...list)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(elements, (list) => {
        expect(parseExtensions(serializeExtensions(list))).toEqual(list);
      }),
      { numRuns: 500 },
    );
  });
});

/** Counts how often a header's characters are looked at. */
class CountingCharacters implements Characters {
  readonly #text: string;
  looks = 0;

  constructor(text: string) {
    this.#text = text;
  }

  charCodeAt(at: number): number {
    this.looks++;
    return this.#text.charCodeAt(at);
  }

  slice(start: number, end: number): string {
    this.looks += end - start;
    return this.#text.slice(start, end);
  }
}

describe('a header of 15 kB looks at no character more than a few times:', () => {
  const fill = (unit: string): string => unit.repeat(Math.ceil(15_000 / unit.length));

  test.each([
    ['spaces', fill(' ')],
    ['tabs', fill('\t')],
    ['spaces behind an extension', `a${fill(' ')}`],
    ['spaces behind an extension, and another', `a${fill(' ')}b`],
    ['spaces behind a parameter', `a;x${fill(' ')}y`],
    ['spaces before a value', `a;x=${fill(' ')}`],
    ['quotes', `a;x=${fill('"')}`],
    ['escaped quotes', `a;x="${fill('\\"')}`],
    ['backslashes', `a;x="${fill('\\')}`],
    ['escaped letters', `a;x="${fill('\\y')}`],
    ['an unfinished quoted value', `a;x="${fill('y')}`],
    ['commas', fill(',')],
    ['commas and tabs', fill(',\t')],
    ['semicolons', `a${fill(';')}`],
    ['a token', fill('a')],
    ['extensions', fill('a,')],
    ['parameters', `a${fill(';x')}`],
    ['parameters that end badly', `a${fill(' ; x = 1')}"`],
  ])('%s', (_, header) => {
    const characters = new CountingCharacters(header);
    try {
      scanExtensions(characters);
    } catch (error) {
      expect(error).toBeInstanceOf(ExtensionHeaderError);
    }
    expect(characters.looks).toBeGreaterThan(0);
    expect(characters.looks).toBeLessThan(12 * header.length);
  });
});

/** The header that extensions are negotiated in, against its grammar as a regular expression. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ExtensionHeaderError,
  parseExtensions,
  serializeExtensions,
  type ExtensionElement,
} from '@ws/extensions';
import { anyText } from '../bytes/heads';
import type { Model } from '../model';

const CHARACTER = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const TOKEN = `${CHARACTER}+`;
const BLANKS = '[ \\t]*';
const VALUE = `(?:${TOKEN}|"(?:\\\\?${CHARACTER})+")`;
const PARAMETER = `${TOKEN}(?:${BLANKS}=${BLANKS}${VALUE})?`;
const EXTENSION = `${TOKEN}(?:${BLANKS};${BLANKS}${PARAMETER})*`;
const ELEMENT = `${BLANKS}(?:${EXTENSION}${BLANKS})?`;
/** RFC 6455 §9.1, with the empty elements of RFC 9110 §5.6.1, but not of them alone. It may take its time. */
const GRAMMAR = new RegExp(`^(?!(?=.*,)[, \\t]*$)${ELEMENT}(?:,${ELEMENT})*$`);
/** What it is asked about has to be short, therefore. */
const SHORT = 60;

const token = fc.constantFrom('permessage-deflate', 'x', '!', '__proto__', 'toString', '15');
/** As the parser makes them. */
const PLAIN = { noNullPrototype: true };
const parameter = fc.oneof(
  fc.record({ name: token, value: fc.constant(null), quoted: fc.constant(false) }, PLAIN),
  fc.record({ name: token, value: token, quoted: fc.boolean() }, PLAIN),
);
const elements: fc.Arbitrary<ExtensionElement[]> = fc.array(
  fc.record({ name: token, parameters: fc.array(parameter, { maxLength: 3 }) }, PLAIN),
  { maxLength: 4 },
);
const part = fc.constantFrom(
  'a',
  'b7',
  ' ',
  '\t',
  ',',
  ';',
  '=',
  '"',
  '\\',
  'é',
  '\0',
  '"x"',
  '; y=1',
);
const header = fc.oneof(
  elements.map(serializeExtensions),
  fc.array(part, { maxLength: 16 }).map((parts) => parts.join('')),
  fc.tuple(elements.map(serializeExtensions), fc.nat(80), part).map(([text, at, added]) => {
    return `${text.slice(0, at)}${added}${text.slice(at)}`;
  }),
  anyText,
);

export const extensionHeaders: Model = {
  name: 'extension-headers',
  law: 'a header is read as the grammar has it, or refused where it goes wrong, and can be written again',
  runs: 800,
  property: fc.property(header, elements, (text, written) => {
    const read = readOrNull(text);
    if (text.length <= SHORT)
      assert.equal(read !== null, GRAMMAR.test(text), 'the grammar disagrees');
    if (read !== null) assert.deepEqual(parseExtensions(serializeExtensions(read)), read);
    assert.deepEqual(parseExtensions(serializeExtensions(written)), written);
  }),
};

function readOrNull(text: string): ExtensionElement[] | null {
  try {
    return parseExtensions(text);
  } catch (error) {
    assert.ok(error instanceof ExtensionHeaderError, 'not the documented error');
    assert.ok(error.position >= 0 && error.position <= text.length, `position ${error.position}`);
    return null;
  }
}

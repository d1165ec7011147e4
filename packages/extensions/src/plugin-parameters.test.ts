/** Parameters as plug-ins know them. */
import type { ExtensionParameters } from './extension';
import { parseExtensions, serializeExtensions } from './header';
import { fromPluginParameters, toPluginParameters } from './plugin-parameters';
import type { PluginParameters } from './plugin-types';

function parameters(text: string): ExtensionParameters {
  return parseExtensions(`name${text}`)[0].parameters;
}

describe('toPluginParameters', () => {
  test.each<[string, PluginParameters]>([
    ['', {}],
    ['; x', { x: true }],
    ['; x=y', { x: 'y' }],
    ['; x="y"', { x: 'y' }],
    ['; x=10', { x: 10 }],
    ['; x="10"', { x: 10 }],
    ['; x=-1.50', { x: -1.5 }],
    ['; x=0', { x: 0 }],
    ['; x=010', { x: '010' }],
    ['; x=1e3', { x: '1e3' }],
    ['; x=.5', { x: '.5' }],
    ['; x=1.', { x: '1.' }],
    ['; x=true', { x: 'true' }],
    ['; x=1; y; x; x=z', { x: [1, true, 'z'], y: true }],
  ])('%j becomes %j', (text, expected) => {
    expect(toPluginParameters(parameters(text))).toEqual(expected);
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    '%s is a parameter like any other',
    (name) => {
      const result = toPluginParameters(parameters(`; ${name}=1; ${name}=2`));
      expect(Object.entries(result)).toEqual([[name, [1, 2]]]);
      expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    },
  );

  test('has the methods that plug-ins call', () => {
    const result = toPluginParameters(parameters('; x'));
    // eslint-disable-next-line no-prototype-builtins -- as plug-ins do
    expect([result.hasOwnProperty('x'), result.hasOwnProperty('y')]).toEqual([true, false]);
  });
});

describe('fromPluginParameters', () => {
  test.each<[PluginParameters | null | undefined, string]>([
    [null, 'name'],
    [undefined, 'name'],
    [{}, 'name'],
    [{ x: true, y: 'z', n: 10 }, 'name; x; y=z; n=10'],
    [{ x: false }, 'name; x=false'],
    [{ x: [1, true, 'z'] }, 'name; x=1; x; x=z'],
    [{ x: 'a b' }, 'name; x="a b"'],
  ])('%j becomes %j', (given, header) => {
    const elements = [{ name: 'name', parameters: fromPluginParameters(given) }];
    expect(serializeExtensions(elements)).toBe(header);
  });

  test.each([undefined, null, {}, [[1, {}]], Symbol('x')])('throws on the value %p', (value) => {
    expect(() => fromPluginParameters({ x: value } as unknown as PluginParameters)).toThrow(
      new TypeError('the extension parameter "x" must be true, a string or a number'),
    );
  });
});

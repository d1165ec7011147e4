/** Negotiation: what is offered, what is agreed on, what is refused. */
import { MarkingSession, message, testExtension, textOf, thrownBy } from '../test/sessions';
import type { TestExtensionOptions } from '../test/sessions';
import type { Extension, ExtensionMessage, ExtensionParameters } from './extension';
import { Extensions } from './extensions';
import { ExtensionHeaderError, parseExtensions } from './header';
import { ExtensionNegotiationError } from './negotiation-error';

/** What stands behind the name: `parameters('x; y=1')`. */
function parameters(text: string): ExtensionParameters {
  return parseExtensions(`name; ${text}`)[0].parameters;
}

const NONE = { header: '', pipeline: null };

describe('the constructor', () => {
  const valid = { name: 'a', rsv: 0, offer: () => null, accept: () => null };

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'an extension must be an object'],
    ['null', null, 'an extension must be an object'],
    ['a string', 'permessage-deflate', 'an extension must be an object'],
    ['an empty object', {}, 'name must be a token'],
    ['a name that is no string', { ...valid, name: 1 }, 'name must be a token'],
    ['a name that is no token', { ...valid, name: 'a b' }, 'name must be a token'],
    ['no rsv', { ...valid, rsv: undefined }, 'rsv must be an integer from 0 to 7'],
    ['a negative rsv', { ...valid, rsv: -1 }, 'rsv must be an integer from 0 to 7'],
    ['an rsv of too many bits', { ...valid, rsv: 8 }, 'rsv must be an integer from 0 to 7'],
    ['a broken rsv', { ...valid, rsv: 0.5 }, 'rsv must be an integer from 0 to 7'],
    ['a takesAll that is no boolean', { ...valid, takesAll: 1 }, 'takesAll must be true or false'],
    ['no offer', { ...valid, offer: undefined }, 'offer must be a function'],
    ['no accept', { ...valid, accept: {} }, 'accept must be a function'],
  ])('throws on %s', (_, value, reason) => {
    const list = [{ ...valid, name: 'first' }, value] as Extension[];
    expect(() => new Extensions(list)).toThrow(new TypeError(`extensions[1]: ${reason}`));
  });

  test('throws on a hole in the list', () => {
    expect(() => new Extensions(new Array<Extension>(1))).toThrow('extensions[0]: ');
  });

  test('throws on what is no list', () => {
    const list = { 0: valid } as unknown as Extension[];
    expect(() => new Extensions(list)).toThrow(new TypeError('extensions must be an array'));
  });

  test('throws on two extensions of a name', () => {
    expect(() => new Extensions([valid, { ...valid, name: 'b' }, { ...valid }])).toThrow(
      new TypeError('extensions[2]: there is another one named "a"'),
    );
  });

  test('takes functions that have what an extension has', () => {
    function inverting(): void {}
    const { rsv, offer, accept } = valid;
    const extensions = new Extensions([Object.assign(inverting, { rsv, offer, accept })]);
    expect(extensions.accept('inverting').header).toBe('');
  });
});

describe('a client offers', () => {
  test.each<[string, TestExtensionOptions[], string]>([
    ['nothing without extensions', [], ''],
    ['an extension', [{}], 'x0'],
    ['extensions in their order', [{}, {}], 'x0, x1'],
    ['extensions that need the same bit', [{ rsv: 4 }, { rsv: 4 }], 'x0, x1'],
    ['alternatives', [{ alternatives: [parameters('a; b=1'), []] }, {}], 'x0; a; b=1, x0, x1'],
    ['none that has nothing to offer', [{ alternatives: null }, { alternatives: [] }, {}], 'x2'],
  ])('%s', (_, options, header) => {
    const extensions = options.map((option, index) => testExtension(`x${index}`, option));
    expect(new Extensions(extensions).offer().header).toBe(header);
  });

  test('nothing that cannot be sent', () => {
    const alternatives = [[{ name: 'x', value: '1\r\nY: 2', quoted: false }]];
    const extensions = new Extensions([testExtension('a', { alternatives })]);
    expect(() => extensions.offer()).toThrow(TypeError);
  });
});

describe('a client activates', () => {
  test.each([undefined, '', ' '])('nothing for the header %j', (header) => {
    expect(new Extensions([testExtension('a')]).offer().activate(header)).toEqual(NONE);
  });

  test('what the server agreed to, in the server’s order', () => {
    const extensions = new Extensions(
      ['a', 'b', 'c'].map((name, index) => testExtension(name, { rsv: 1 << index })),
    );
    const { header, pipeline } = extensions.offer().activate('c ;x="1",a');
    expect(header).toBe('c; x="1", a');
    expect(pipeline!.rsv).toBe(5);
    expect(textOf(pipeline!.outgoing(message('text')) as ExtensionMessage)).toBe('text+c+a');
  });

  test('with the parameters of the answer', () => {
    const extension = testExtension('a');
    new Extensions([extension]).offer().activate('a; x=1; x; __proto__');
    expect(extension.asked).toEqual([parameters('x=1; x; __proto__')]);
  });

  test('every connection on its own', () => {
    const extension = testExtension('a');
    const extensions = new Extensions([extension]);
    const [first, second] = [extensions.offer(), extensions.offer()];
    expect(second.activate('a').pipeline).not.toBe(first.activate('a').pipeline);
    expect(extension.sessions).toHaveLength(2);
  });

  test.each([
    ['a malformed header', 'a; =', 'answer is malformed: expected a token at position 3'],
    ['an extension that was not offered', 'a, x', '"x", which was not offered'],
    ['one that had nothing to offer', 'a, silent', '"silent", which was not offered'],
    [
      'one of the names that objects have',
      'a, constructor',
      '"constructor", which was not offered',
    ],
    ['__proto__', 'a, __proto__', '"__proto__", which was not offered'],
    ['a name in another case', 'A', '"A", which was not offered'],
    ['an extension twice', 'a, a', '"a" twice'],
    ['a bit twice', 'a, same', '"same" along with another that needs the same RSV bit'],
    ['parameters that the offer does not allow', 'a, no; x="1"', 'the offer with "no; x="1""'],
  ])('but fails on %s', (_, header, reason) => {
    const extension = testExtension('a', { rsv: 4 });
    const offer = new Extensions([
      extension,
      testExtension('silent', { alternatives: null }),
      testExtension('same', { rsv: 6 }),
      testExtension('no', { answer: null }),
    ]).offer();
    const error = thrownBy(() => offer.activate(header));
    expect(error).toBeInstanceOf(ExtensionNegotiationError);
    expect((error as Error).message).toContain(reason);
    for (const session of extension.sessions) expect(session.closes).toBe(1);
  });

  test('keeps the header’s mistake as the cause', () => {
    const error = thrownBy(() => new Extensions([]).offer().activate('"'));
    expect((error as Error).cause).toBeInstanceOf(ExtensionHeaderError);
  });

  test('ends the sessions that it began when it fails', () => {
    const [first, second] = [testExtension('a'), testExtension('b')];
    expect(() => new Extensions([first, second]).offer().activate('a, b, c')).toThrow();
    expect([...first.sessions, ...second.sessions].map(({ closes }) => closes)).toEqual([1, 1]);
  });
});

describe('a server accepts', () => {
  const A4 = { rsv: 4 };

  test.each<[string, Record<string, TestExtensionOptions>, string | undefined, string]>([
    ['nothing without a header', { a: {} }, undefined, ''],
    ['nothing of an empty header', { a: {} }, '', ''],
    ['nothing without extensions', {}, 'a', ''],
    ['an extension', { a: {} }, 'a', 'a'],
    [
      'with the parameters of its answer',
      { a: { answer: parameters('x; y=1') } },
      'a',
      'a; x; y=1',
    ],
    ['in the client’s order', { a: {}, b: {} }, 'b, a', 'b, a'],
    ['none that it does not know', { a: {} }, 'x, a, constructor, __proto__, toString', 'a'],
    ['none in another case', { a: {} }, 'A', ''],
    ['none that declines', { a: { answer: null }, b: {} }, 'a, b', 'b'],
    ['only the first that needs a bit', { a: A4, b: { rsv: 6 }, c: { rsv: 2 } }, 'a, b, c', 'a, c'],
    ['another where the first declines', { a: { ...A4, answer: null }, b: A4 }, 'a, b', 'b'],
    ['an extension offered twice once', { a: {}, b: {} }, 'a; x, b, a', 'a, b'],
    ['constructor, if that is an extension', { constructor: {} }, 'constructor', 'constructor'],
    ['__proto__, if that is an extension', { ['__proto__']: {} }, '__proto__', '__proto__'],
  ])('%s', (_, options, offered, header) => {
    const list = Object.entries(options).map(([name, option]) => testExtension(name, option));
    const activation = new Extensions(list).accept(offered);
    expect(activation.header).toBe(header);
    expect(activation.pipeline === null).toBe(header === '');
  });

  test('all offers of an extension together, in order', () => {
    const extension = testExtension('a');
    new Extensions([extension, testExtension('b')]).accept('a; x, b, a; x=1; x=2, a');
    expect(extension.asked).toEqual([[parameters('x'), parameters('x=1; x=2'), []]]);
  });

  test('into a pipeline in the order agreed on', () => {
    const list = [testExtension('a', { rsv: 1 }), testExtension('b', { rsv: 4 })];
    const { pipeline } = new Extensions(list).accept('b, a');
    expect(pipeline!.rsv).toBe(5);
    expect(textOf(pipeline!.outgoing(message('text')) as ExtensionMessage)).toBe('text+b+a');
    pipeline!.close();
    expect(list.flatMap(({ sessions }) => sessions.map(({ closes }) => closes))).toEqual([1, 1]);
  });

  test.each(['a; =', '"', 'a b', 'a\0', `a;x="${'\\'.repeat(15_000)}`])(
    'no malformed header, such as %j',
    (header) => {
      const extension = testExtension('a');
      expect(() => new Extensions([extension]).accept(header)).toThrow(ExtensionHeaderError);
      expect(extension.asked).toEqual([]);
    },
  );

  test('a long offer in one go', () => {
    const extension = testExtension('a');
    const { header } = new Extensions([extension]).accept('a,'.repeat(7_500));
    expect(header).toBe('a');
    expect(extension.asked[0]).toHaveLength(7_500);
  });
});

describe('when an extension throws, the sessions begun are closed:', () => {
  const failing = (): never => {
    throw new Error('out of order');
  };

  test('accept', () => {
    const first = testExtension('a');
    const extensions = new Extensions([first, { ...testExtension('b'), accept: failing }]);
    expect(() => extensions.accept('a, b')).toThrow('out of order');
    expect(first.sessions[0].closes).toBe(1);
  });

  test('an answer that cannot be sent', () => {
    const extension = testExtension('a', { answer: [{ name: ' ', value: null, quoted: false }] });
    expect(() => new Extensions([extension]).accept('a')).toThrow(TypeError);
    expect(extension.sessions[0].closes).toBe(1);
  });

  test('activate', () => {
    const first = testExtension('a');
    const offer = (): ReturnType<Extension['offer']> => ({ alternatives: [[]], activate: failing });
    const extensions = new Extensions([first, { ...testExtension('b'), offer }]);
    expect(() => extensions.offer().activate('a, b')).toThrow('out of order');
    expect(first.sessions[0]).toBeInstanceOf(MarkingSession);
    expect(first.sessions[0].closes).toBe(1);
  });
});

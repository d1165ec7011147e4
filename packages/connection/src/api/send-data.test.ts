/** What `send()`, `write()` and `end()` make of what is neither text nor bytes. */
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { thrown } from '../../test/thrown';
import { sendable } from './send-data';
import { WebSocket } from './websocket';

/** A WebSocket as programs without types call it. */
const untyped = (ws: WebSocket) => ws as unknown as { send(...args: unknown[]): boolean };

class Money {
  toString(): string {
    return '5 EUR';
  }
}

const date = new Date(0);
const sparse: unknown[] = [];
sparse.length = 3;

// prettier-ignore
const STRINGS: [string, unknown, string][] = [
  ['a number',                         42,                                    '42'],
  ['0',                                0,                                     '0'],
  ['NaN',                              NaN,                                   'NaN'],
  ['a bigint',                         42n,                                   '42'],
  ['true',                             true,                                  'true'],
  ['false',                            false,                                 'false'],
  ['null',                             null,                                  'null'],
  ['an array',                         [1, [2, 3]],                           '1,2,3'],
  ['an empty array',                   [],                                    ''],
  ['an array with nothing in it',      sparse,                                ',,'],
  ['an array that ends in an object',  [1, {}],                               '1,[object Object]'],
  ['a boxed string',                   Object('boxed'),                       'boxed'],
  ['a boxed number',                   Object(7),                             '7'],
  ['a date',                           date,                                  String(date)],
  ['a URL',                            new URL('http://a.test/b'),            'http://a.test/b'],
  ['URL parameters',                   new URLSearchParams({ a: '1' }),       'a=1'],
  ['a regular expression',             /x/g,                                  '/x/g'],
  ['an error',                         new RangeError('too much'),            'RangeError: too much'],
  ['an instance with a toString',      new Money(),                           '5 EUR'],
  ['an object with a toString',        { toString: () => 'mine' },            'mine'],
  ['an object with a toPrimitive',     { [Symbol.toPrimitive]: (hint: string) => hint }, 'string'],
  ['an array of another realm',        runInNewContext('[1, 2]'),             '1,2'],
  ['a date of another realm',          runInNewContext('new Date(0)'),        String(date)],
  ['lone surrogates in an array',      ['\ud800'],                            '\ufffd'],
];

const PLAIN = Object.assign(Object.create(null) as object, { a: 1 });

const REFUSED: [string, unknown][] = [
  ['an object', { a: 1 }],
  ['an array of objects', [{ a: 1 }]],
  ['a Map', new Map()],
  ['a promise', Promise.resolve('text')],
  ['an object without a prototype', PLAIN],
  ['an object of another realm', runInNewContext('({ length: 1 })')],
  ['what says that it is of some class', { [Symbol.toStringTag]: 'Blob' }],
  ['a function', () => 'text'],
  ['a class', Money],
  ['a function with a toString', Object.assign(() => 1, { toString: () => 'f' })],
  ['a symbol', Symbol('s')],
  ['a boxed symbol', Object(Symbol('s'))],
];

describe.each(ENDS)('what the %s sends', (name) => {
  const peer = name === 'client' ? 'server' : 'client';

  test.each([...STRINGS, ['undefined', undefined, 'undefined']])(
    '%s is sent as its string',
    async (_, value, text) => {
      const joined = new Joined().open();
      const events = record(joined[peer]);
      expect(joined[name].send(value as never)).toBe(true);
      expect(joined[name].write(value as never)).toBe(true);
      await settled();
      expect(events).toEqual([
        ['message', text],
        ['message', text],
      ]);
    },
  );

  test.each(STRINGS)('%s is sent by end(), which then closes', async (_, value, text) => {
    const joined = new Joined().open();
    const events = record(joined[peer]);
    joined[name].end(value as never);
    await settled();
    expect(events).toEqual([
      ['message', text],
      ['close', 1005, '', true],
    ]);
  });

  test('end() without data, or with undefined, sends nothing', async () => {
    for (const arguments_ of [[], [undefined]] as const) {
      const joined = new Joined().open();
      const events = record(joined[peer]);
      joined[name].end(...arguments_);
      await settled();
      expect(events).toEqual([['close', 1005, '', true]]);
    }
  });

  test.each(REFUSED)('%s is refused, and changes nothing', async (_, value) => {
    const joined = new Joined().open();
    const events = record(joined[peer]);
    const ws = joined[name];
    for (const send of [ws.send.bind(ws), ws.write.bind(ws), ws.end.bind(ws)]) {
      expect(() => send(value as never)).toThrow(TypeError);
    }
    expect([ws.readyState, ws.bufferedAmount]).toEqual([WebSocket.OPEN, 0]);
    await settled();
    expect(events).toEqual([]);
  });

  test('send() without an argument is refused', () => {
    const { [name]: ws } = new Joined().open();
    expect(() => untyped(ws).send()).toThrow(/^cannot send undefined: pass a string, a Buffer/);
  });

  test('what a toString of the application throws is thrown', () => {
    const { [name]: ws } = new Joined().open();
    const mistake = new Error('application');
    const toString = (): never => {
      throw mistake;
    };
    expect(thrown(() => ws.send({ toString } as never))).toBe(mistake);
  });
});

test('whatever has a string is sent as it, unless that says nothing', () => {
  const kinds = { withBigInt: true, withNullPrototype: true, withDate: true };
  fc.assert(
    fc.property(fc.anything(kinds), (value) => {
      const text = stringOf(value);
      const send = (): unknown => sendable(value as never);
      if (text === null || text.startsWith('[object ')) expect(send).toThrow(TypeError);
      else expect(send()).toBe(text);
    }),
  );
});

/** Null if there is none. */
function stringOf(value: unknown): string | null {
  try {
    return String(value);
  } catch {
    return null;
  }
}

test.each<[string, unknown, string, string]>([
  ['a plain object', { a: 1 }, '[object Object]', '; JSON.stringify() makes a string of it'],
  ['a list of objects', [{ a: 1 }], '[object Array]', '; JSON.stringify() makes a string of it'],
  ['a promise', Promise.resolve('text'), '[object Promise]', '; await the promise first'],
  [
    'a Blob of an old jsdom',
    { size: 4, [Symbol.toStringTag]: 'Blob' },
    '[object Blob]',
    '; this Blob has no arrayBuffer(), so it cannot be read',
  ],
  ['a stream', Readable.from(['text']), '[object Object]', ''],
  ['a function', () => 'text', '[object Function]', ''],
])('the message of %s names it, what may be passed, and what to do', (_, data, name, hint) => {
  const { client } = new Joined().open();
  const forms = 'a string, a Buffer, a typed array, a DataView, an ArrayBuffer or a Blob';
  const error = new TypeError(`cannot send ${name}: pass ${forms}${hint}`);
  expect(() => client.send(data as never)).toThrow(error);
});

describe('arguments behind the message', () => {
  const sent = async (...rest: unknown[]): Promise<unknown[][]> => {
    const { client, server } = new Joined().open();
    const events = record(server);
    const told = jest.fn();
    const arguments_ = rest.map((each) => (each === 'callback' ? told : each));
    untyped(client).send('text', ...arguments_);
    await settled();
    return [...events, ...(told.mock.calls as unknown[][])];
  };

  test.each<[unknown, unknown[]]>([
    ['an index and an array, as of forEach()', [0, ['text']]],
    ['a number', [5]],
    ['an encoding', ['utf8']],
    ['null', [null]],
    ['null twice', [null, null]],
    ['undefined and a number', [undefined, 5]],
  ])('%s are ignored', async (_, rest) => {
    expect(await sent(...rest)).toEqual([['message', 'text']]);
  });

  test.each([
    [['callback']],
    [['callback', 5]],
    [[undefined, 'callback']],
    [[null, 'callback']],
    [['utf8', 'callback']],
    [[{ compress: false }, 'callback']],
  ])('the callback in %j is called', async (rest) => {
    expect(await sent(...rest)).toEqual([['message', 'text'], [null]]);
  });
});

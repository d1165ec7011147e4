/** What `console.log`, `util.format`, assertions and `JSON.stringify` make of all that applications hold. */
import assert from 'node:assert';
import { format, inspect, type InspectOptions } from 'node:util';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { ConnectionError } from '../lifecycle/connection-error';
import type { Ending } from '../lifecycle/ending';
import { CloseEvent, ControlEvent, ErrorEvent, MessageEvent, SocketEvent } from './events';
import { prepareMessage } from './prepared-message';
import { WebSocket } from './websocket';

const { client } = new Joined().open();
const error = new ConnectionError('WS_ERR_ABORTED', { cause: new Error('why') });
const ENDING: Ending = {
  code: 1001,
  reason: 'bye',
  wasClean: false,
  initiator: 'local',
  cause: error,
  sent: null,
  received: null,
};
const native = new Event('native');
client.dispatchEvent(native);
const stream = new Joined().open().client.stream();
const cyclic = new ErrorEvent(client, new Error('round'));
Object.assign(cyclic.error, { event: cyclic, list: [cyclic] });

const SHOWN: Record<string, object> = {
  'a WebSocket': client,
  'an open event': new SocketEvent('open', client),
  'a message event': new MessageEvent(client, 'hello'),
  // No longer: Node 22 and later need memory for the square of what an assertion shows, whoever has made it.
  'a long message event': new MessageEvent(client, Buffer.alloc(1000)),
  'a ping event': new ControlEvent('ping', client, Buffer.of(1)),
  'a close event': new CloseEvent(client, ENDING),
  'an error event': new ErrorEvent(client, error),
  'an error event that leads to itself': cyclic,
  'a native event that was dispatched': native,
  'a Duplex': stream,
  'web streams': new Joined().open().client.webStreams(),
  'an iterator': new Joined().open().client[Symbol.asyncIterator](),
  'a prepared message': prepareMessage('hello'),
  'an error': error,
  'the prototype of a WebSocket': WebSocket.prototype,
  'the prototype of an event': MessageEvent.prototype,
  'the class': WebSocket,
  'an object that inherits': Object.create(client) as object,
};

const OPTIONS: InspectOptions[] = [0, 1, 2, 10, null].flatMap((depth) => [
  { depth },
  { depth, showHidden: true },
  { depth, getters: true, showHidden: true },
  { depth, getters: true, customInspect: false },
  { depth, getters: true, customInspect: false, showHidden: true },
  { depth, compact: false, breakLength: 20, colors: true, sorted: true, showProxy: true },
]);

describe.each(Object.entries(SHOWN))('%s', (_, shown) => {
  const inside = [
    shown,
    [shown],
    { a: { b: { c: shown } } },
    new Set([shown]),
    new Map([[shown, 1]]),
  ];

  test('can be inspected in every way', () => {
    for (const options of OPTIONS) {
      for (const value of inside) expect(inspect(value, options)).not.toBe('');
    }
  });

  test('can be formatted', () => {
    const text = format('%o %O %s %d', shown, shown, shown, shown);
    expect(text).not.toContain('%');
    expect(String(shown as unknown)).not.toBe('');
  });

  test('can be told apart by assertions', () => {
    expect(() => assert.deepStrictEqual(shown, { other: 1 })).toThrow(assert.AssertionError);
    assert.deepStrictEqual(shown, shown);
  });
});

test.each(
  Object.entries(SHOWN).filter(([name]) => /^an? .*event|^a WebSocket|Duplex|iterator/.test(name)),
)('%s can be told apart by the assertions of jest', (_, shown) => {
  expect(() => expect(shown).toEqual({ other: 1 })).toThrow('expect');
  expect(() => expect([shown]).toContain(1)).toThrow('expect');
});

describe('JSON', () => {
  test.each(Object.entries(SHOWN))('%s has one', (_name, shown) => {
    expect(() => JSON.stringify([shown])).not.toThrow();
    expect(format('%j', shown)).not.toContain('%');
  });

  test.each<[string, object, object]>([
    ['a message', new MessageEvent(client, 'hello'), { type: 'message', data: 'hello' }],
    [
      'an error',
      new ErrorEvent(client, error),
      {
        type: 'error',
        message: error.message,
        error: { name: error.name, message: error.message, code: 'WS_ERR_ABORTED' },
      },
    ],
    [
      'a close',
      new CloseEvent(client, { ...ENDING, cause: null }),
      {
        type: 'close',
        code: 1001,
        reason: 'bye',
        wasClean: false,
        initiator: 'local',
        cause: null,
      },
    ],
    [
      'a WebSocket',
      client,
      {
        url: 'ws://example.test/path',
        readyState: 'OPEN',
        protocol: '',
        extensions: '',
        version: 'hybi-13',
        bufferedAmount: 0,
        binaryType: 'nodebuffer',
      },
    ],
  ])('%s: nothing but what there is to know', (_name, shown, expected) => {
    expect(JSON.parse(JSON.stringify(shown))).toEqual(expected);
  });
});

describe('what is shown', () => {
  test('of a prepared message, its length', () => {
    expect(inspect(prepareMessage('hello'))).toBe('PreparedMessage { byteLength: 5 }');
  });

  test.each<[string, object, string]>([
    ['open', new SocketEvent('open', client), "SocketEvent { type: 'open' }"],
    ['text', new MessageEvent(client, 'hi'), "MessageEvent { type: 'message', data: 'hi' }"],
    [
      'bytes',
      new ControlEvent('pong', client, Buffer.of(1, 2)),
      "ControlEvent { type: 'pong', data: <Buffer 01 02> }",
    ],
    [
      'an end',
      new CloseEvent(client, { ...ENDING, cause: null }),
      "CloseEvent { type: 'close', code: 1001, reason: 'bye', wasClean: false, initiator: 'local', cause: null }",
    ],
    [
      'a WebSocket',
      client,
      "WebSocket { url: 'ws://example.test/path', readyState: 'OPEN', protocol: '', extensions: '', version: 'hybi-13', bufferedAmount: 0, binaryType: 'nodebuffer' }",
    ],
  ])('%s', (_, shown, expected) => {
    expect(inspect(shown, { breakLength: Infinity })).toBe(expected);
  });

  test('a subclass by its own name', () => {
    class Mine extends WebSocket {}
    Object.setPrototypeOf(client, Mine.prototype);
    expect(inspect(client)).toMatch(/^Mine \{\n {2}url: /);
    Object.setPrototypeOf(client, WebSocket.prototype);
  });

  test.each([0, 1, 2, null])('an error with its stack and its cause, at depth %p', (depth) => {
    const text = inspect(new ErrorEvent(client, error), { depth });
    expect(text).toContain('inspect.test.ts');
    expect(text).toContain("code: 'WS_ERR_ABORTED'");
    expect(text).toContain('[cause]: Error: why');
  });

  test('only the name below the depth', () => {
    const event = new MessageEvent(client, 'hello');
    expect(inspect({ a: { event } }, { depth: 0 })).toBe('{ a: [Object] }');
    expect(inspect([[[[event]]]])).toBe('[ [ [ [Array] ] ] ]');
    expect(inspect([[[event]]], { depth: 2 })).toBe('[ [ [ [MessageEvent] ] ] ]');
  });

  test('long data is cut', () => {
    expect(inspect(new MessageEvent(client, Buffer.alloc(100_000))).length).toBeLessThan(1000);
  });

  test('what leads back to itself, once', () => {
    expect(inspect(cyclic, { depth: null })).toContain('event: [Circular]');
  });
});

test('the data of an event can be cloned', () => {
  expect(structuredClone(new MessageEvent(client, 'hello').data)).toBe('hello');
  const { data } = new MessageEvent(client, Buffer.of(1, 2));
  expect(structuredClone(data)).toEqual(Uint8Array.of(1, 2));
});

test('a listener that prints the error of a bad frame ends nothing', async () => {
  const joined = new Joined().open();
  const { server } = joined;
  const printed: string[] = [];
  server.on('error', (event) => printed.push(format(event)));
  server.on('close', (event) => printed.push(format(event)));
  joined.clientSide.write(Buffer.from('838000000000', 'hex'));
  await settled();
  expect(printed).toHaveLength(2);
  expect(printed[0]).toContain('ErrorEvent {');
  expect(printed[1]).toContain('CloseEvent {');
});

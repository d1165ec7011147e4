/** What comes from another realm is taken like our own, and so is what only behaves like it. */
import { runInNewContext } from 'node:vm';
import { settled } from '../../test/duplex-pair';
import { listening } from '../../test/listening';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { connectionSettings } from '../options';
import { pingPayload } from './ping-data';
import { sendable } from './send-data';

const foreign = (expression: string): unknown =>
  runInNewContext(expression, { Buffer, Blob, Event });

const BYTES = [
  'new ArrayBuffer(3)',
  'new SharedArrayBuffer(3)',
  'Uint8Array.of(0, 0, 0)',
  'new Uint8ClampedArray(3)',
  'new Uint8Array([9, 0, 0, 0, 9]).subarray(1, 4)',
  'new DataView(new ArrayBuffer(5), 1, 3)',
  'Buffer.from(new ArrayBuffer(3))',
];

describe.each(BYTES)('%s', (expression) => {
  test('can be sent', async () => {
    const { client, server } = new Joined().open();
    const events = record(server);
    expect(client.send(foreign(expression) as ArrayBuffer)).toBe(true);
    await settled();
    expect(events).toEqual([['message', Buffer.alloc(3)]]);
  });

  test('can be the payload of a ping', () => {
    expect([...pingPayload(foreign(expression) as ArrayBuffer)]).toEqual([0, 0, 0]);
  });
});

test.each(ENDS)('long ones, which are not copied, can be sent by a %s', async (name) => {
  const joined = new Joined().open();
  const events = record(joined[name === 'client' ? 'server' : 'client']);
  for (const kind of ['ArrayBuffer', 'SharedArrayBuffer', 'Uint8ClampedArray']) {
    joined[name].send(foreign(`new ${kind}(20_000)`) as ArrayBuffer);
  }
  joined[name].send(foreign('new Float64Array(2_500)') as Float64Array);
  await settled();
  expect(events).toEqual(Array(4).fill(['message', Buffer.alloc(20_000)]));
});

test('a Blob of somebody else', async () => {
  const { client, server } = new Joined().open();
  const events = record(server);
  const blob = {
    size: 2,
    type: '',
    arrayBuffer: () => Promise.resolve(foreign('new ArrayBuffer(2)')),
  };
  client.send(blob as unknown as Blob);
  await settled();
  expect(events).toEqual([['message', Buffer.alloc(2)]]);
});

test.each(['({ length: 1 })', '({ byteLength: 1 })', '({ size: 1 })', 'new Map()'])(
  '%s is not sent',
  (expression) => {
    expect(() => sendable(foreign(expression) as string)).toThrow(TypeError);
    expect(() => pingPayload(foreign(expression) as string)).toThrow(TypeError);
  },
);

test('an AbortSignal that is not an instance of ours', () => {
  const { signal } = new AbortController();
  const other = {
    aborted: false,
    addEventListener: signal.addEventListener.bind(signal),
    removeEventListener: signal.removeEventListener.bind(signal),
  };
  expect(connectionSettings({ signal: other as unknown as AbortSignal }).signal).toBe(other);
  for (const none of [{}, { aborted: false }, 'signal']) {
    expect(() => connectionSettings({ signal: none as never })).toThrow(TypeError);
  }
});

test('an event that is not an instance of ours', () => {
  const { target } = listening();
  const heard: unknown[] = [];
  target.on('other', (event: Event) => heard.push(event));
  const event = Object.setPrototypeOf(new Event('other'), {
    type: 'other',
    currentTarget: null,
    defaultPrevented: false,
    stopImmediatePropagation: () => undefined,
  }) as Event;
  expect(target.dispatchEvent(event)).toBe(true);
  expect(heard).toEqual([event]);
  for (const none of [{}, { type: 'other' }, null, 'other']) {
    expect(() => target.dispatchEvent(none as never)).toThrow(TypeError);
  }
});

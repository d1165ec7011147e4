/** The names `data` and `end`, as streams have them. */
import { settled } from '../../test/duplex-pair';
import { listening, uncaughtFrom } from '../../test/listening';
import type { Listening } from '../../test/listening';
import { Joined } from '../../test/memory-opening';

let on: Listening;
let calls: unknown[];

beforeEach(() => {
  on = listening();
  calls = [];
});

const caller = (name: string) => (): void => void calls.push(name);

test('are seen under their own names', () => {
  const listener = (): void => undefined;
  on.target.on('data', listener).once('end', listener).on('message', listener);
  expect(on.target.eventNames()).toEqual(['data', 'end', 'message']);
  expect(on.target.listeners('data')).toEqual([listener]);
  expect(['data', 'end', 'message', 'close'].map((name) => on.target.listenerCount(name))).toEqual([
    1, 1, 1, 0,
  ]);
  on.target.off('data', listener).off('end', listener);
  expect(on.target.eventNames()).toEqual(['message']);
});

test('data is what message has, and counts as listening', async () => {
  const { client, server } = new Joined().open();
  server.send('before');
  client.on('data', (data) => calls.push(data));
  server.send(Buffer.of(1));
  await settled();
  expect(calls).toEqual(['before', Buffer.of(1)]);
});

test.each([
  ['close', ['end', 'close']],
  ['terminate', ['close', 'end']],
] as const)('by %s(): %p', async (end, told) => {
  const { client } = new Joined().open();
  client.once('end', caller('end')).on('close', caller('close'));
  client[end]();
  await settled();
  expect(calls).toEqual(told);
});

test('what a late listener of end throws is reported', async () => {
  const uncaught = await uncaughtFrom(() => {
    on.target.on('end', () => {
      throw new Error('mine');
    });
    const event = Object.assign(new Event('close'), { cause: new Error('cut off') });
    on.target.dispatchEvent(event);
  });
  expect(uncaught).toEqual([new Error('mine')]);
});

test('removeAllListeners("message") leaves listeners of data, and the other way round', () => {
  on.target.on('message', caller('message')).on('data', caller('data'));
  on.target.removeAllListeners('message');
  on.fire('message');
  on.target.on('message', caller('message')).removeAllListeners('data');
  on.fire('message');
  expect(calls).toEqual(['data', 'message']);
});

test('listeners of data and end are called with what is emitted', () => {
  on.target.on('data', (data) => calls.push(data)).once('end', caller('end'));
  expect([on.target.emit('data', 'mine'), on.target.emit('end')]).toEqual([true, true]);
  expect(on.target.emit('end')).toBe(false);
  expect(calls).toEqual(['mine', 'end']);
});

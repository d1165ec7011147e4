/** Many WebSockets that are piped into one destination. */
import { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { SlowDestination } from '../../test/slow-destination';

const COUNT = 100;

/** A log that takes nothing until it is told to. */
const logOf = (options: { emitClose?: boolean } = {}): SlowDestination<string> =>
  new SlowDestination({ ...options, decodeStrings: false });

let warnings: Error[];
const onWarning = (warning: Error): unknown => warnings.push(warning);

beforeEach(() => {
  warnings = [];
  process.on('warning', onWarning);
});
afterEach(() => {
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

const listeners = (log: EventEmitter): number =>
  ['drain', 'close', 'error', 'finish'].reduce((sum, type) => sum + log.listenerCount(type), 0);

function crowd(log: Writable): Joined[] {
  return Array.from({ length: COUNT }, () => {
    const joined = new Joined().open();
    joined.client.pipe(log, { end: false });
    return joined;
  });
}

const say = (joined: readonly Joined[]): void => joined.forEach(({ server }) => server.send('x'));
const paused = (joined: readonly Joined[]): number =>
  joined.filter(({ client }) => client.isPaused).length;

test('it has few listeners of ours, and all go on when it drains', async () => {
  const log = logOf();
  const none = listeners(log);
  const joined = crowd(log);
  say(joined);
  await settled();
  expect(paused(joined)).toBe(COUNT);
  expect(listeners(log) - none).toBeLessThanOrEqual(4);
  for (let count = 0; count < COUNT; count++) {
    log.goOn();
    await settled();
  }
  expect([log.taken.length, paused(joined)]).toEqual([COUNT, 0]);
  for (const { client } of joined) client.close();
  await settled();
  expect(listeners(log)).toBe(none);
});

test.each([{}, { emitClose: false }])('destroyed (%j): nobody waits for it', async (options) => {
  const log = logOf(options);
  const none = listeners(log);
  const joined = crowd(log);
  say(joined);
  await settled();
  log.on('error', () => undefined);
  log.destroy(new Error('disk full'));
  await settled();
  say(joined);
  await settled();
  expect([paused(joined), listeners(log) - none]).toEqual([0, 1]);
  for (const { client } of joined) client.terminate();
});

test.each<[string, (log: Writable) => unknown]>([
  ['destroyed', (log) => log.destroy()],
  ['ended', (log) => log.end()],
])('%s before: nothing is piped', async (_, end) => {
  const log = logOf();
  const errors: unknown[] = [];
  log.on('error', (error) => errors.push(error));
  end(log);
  await settled();
  const { client, server } = new Joined().open();
  client.pipe(log, { end: false });
  server.send('x');
  await settled();
  expect([client.isPaused, errors, listeners(log)]).toEqual([false, [], 1]);
});

test('the others go on when one has gone', async () => {
  const log = logOf();
  const joined = crowd(log);
  say(joined);
  await settled();
  joined[0].client.terminate();
  for (let count = 0; count < COUNT; count++) {
    await settled();
    log.goOn();
  }
  await settled();
  expect(paused(joined.slice(1))).toBe(0);
  for (const { client } of joined) client.terminate();
});

/** What holds for every conversation, whatever the network does to it. */
import assert from 'node:assert/strict';
import type { Outcome } from './conversation';
import type { FaultySide } from './faulty-duplex';
import { hasCode, type Participant } from './participant';

/** The events of a life. What it had to send when it opened may have closed it before it was told. */
const LIVES = ['open,close', 'open,error,close', 'close', 'error,close'];
const STREAM_EVENTS = ['data', 'end', 'drain', 'close', 'readable', 'finish'];

/** @throws {assert.AssertionError} a law is broken */
export function checkLaws({ client, server, uncaught, timers, extensions }: Outcome): void {
  assert.deepEqual(uncaught, [], 'something reached the process');
  checkEnd('client', client, server);
  checkEnd('server', server, client);
  assert.equal(timers, 0, 'timers are left running');
  const endedOnce = extensions.every(({ closes }) => closes === 1);
  assert.ok(endedOnce, 'an extension was not ended once');
}

/** For a conversation that nothing has happened to: all arrives, and it ends cleanly. */
export function checkUntroubled({ client, server }: Outcome): void {
  assert.deepEqual(client.heard, server.sent, 'the client has not heard all');
  assert.deepEqual(server.heard, client.sent, 'the server has not heard all');
  assert.deepEqual([client.wasClean, server.wasClean], [true, true], 'no clean end');
  const waiting = [client, server].map(({ waitsForDrain }) => waitsForDrain);
  assert.deepEqual(waiting, [false, false], 'somebody still waits for drain');
  assert.deepEqual(client.events, ['open', 'close'], 'events of the client');
  assert.deepEqual(server.events, ['open', 'close'], 'events of the server');
}

function checkEnd(name: string, one: Participant, other: Participant): void {
  const { events, heard, promised, ws, stream } = one;
  assert.ok(LIVES.includes(String(events)), `the events of the ${name}: ${String(events)}`);
  assert.ok(
    // One that its own extensions have failed says so, and then closes like any other.
    !one.wasClean || one.error === null || hasCode(one.error, 'WS_ERR_NOT_SENT'),
    `the ${name} told of an error, and a clean end`,
  );
  assert.equal(ws.readyState, ws.CLOSED, `readyState of the ${name}`);
  assert.deepEqual(heard, other.sent.slice(0, heard.length), `the ${name} heard what was not sent`);
  const broken = promised.filter(({ calls }) => calls !== 1);
  assert.deepEqual(broken, [], `callbacks of the ${name} that were not called once`);
  checkStream(name, stream);
}

function checkStream(name: string, stream: FaultySide): void {
  assert.ok(stream.destroyed, `the stream of the ${name} is not destroyed`);
  const heard = STREAM_EVENTS.filter((type) => stream.listenerCount(type) > 0);
  assert.deepEqual(heard, [], `listeners left on the stream of the ${name}`);
  // It stays: a stream whose errors nobody hears ends the process.
  assert.equal(stream.listenerCount('error'), 1, `listeners of errors of the ${name}`);
}

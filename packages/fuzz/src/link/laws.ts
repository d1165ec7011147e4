/** What holds for every conversation, whatever the network does to it. */
import assert from 'node:assert/strict';
import type { Outcome } from './conversation';
import type { FaultySide } from './faulty-duplex';
import { hasCode, type Participant } from './participant';

/** The events of a life. What it had to send when it opened may have closed it before it was told. */
const LIVES = ['open,close', 'open,error,close', 'close', 'error,close'];
/** Failures of this side alone: it tells of them, and then closes like any other. */
const OWN_FAILURES = ['WS_ERR_NOT_SENT', 'WS_ERR_NO_BINARY', 'WS_ERR_PAYLOAD_CHANGED'];
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

/**
 * For a conversation that nothing has happened to: all arrives, and is heard unless nobody listens for
 * too long, and it ends cleanly.
 */
export function checkUntroubled({ client, server }: Outcome): void {
  checkArrived('client', client, server);
  checkArrived('server', server, client);
  assert.deepEqual([client.wasClean, server.wasClean], [true, true], 'no clean end');
  const waiting = [client, server].map(({ waitsForDrain }) => waitsForDrain);
  assert.deepEqual(waiting, [false, false], 'somebody still waits for drain');
  assert.deepEqual(client.events, ['open', 'close'], 'events of the client');
  assert.deepEqual(server.events, ['open', 'close'], 'events of the server');
}

/** What is heard is in order: `checkHeard` has seen to that. */
function checkArrived(name: string, one: Participant, other: Participant): void {
  const arrived = one.heard.length + one.ws.unheardMessages;
  assert.equal(arrived, other.sent.length, `messages that have come to the ${name}`);
  assert.equal(one.ws.bufferedAmount, 0, `bufferedAmount of the ${name}`);
  assert.equal(one.leftToPour, 0, `messages that the ${name} has not come to send`);
}

function checkEnd(name: string, one: Participant, other: Participant): void {
  const { events, promised, complaints, ws, stream } = one;
  assert.ok(LIVES.includes(String(events)), `the events of the ${name}: ${String(events)}`);
  assert.ok(
    !one.wasClean || one.error === null || OWN_FAILURES.some((code) => hasCode(one.error, code)),
    `the ${name} told of an error, and a clean end`,
  );
  assert.equal(ws.readyState, ws.CLOSED, `readyState of the ${name}`);
  assert.deepEqual(complaints, [], `complaints of the ${name}`);
  checkHeard(name, one, other);
  const broken = promised.filter(({ calls }) => calls !== 1);
  assert.deepEqual(broken, [], `callbacks of the ${name} that were not called once`);
  checkStream(name, stream);
}

/** In the order in which it was sent, and nothing is missing in between but what is counted. */
function checkHeard(name: string, { heard, ws }: Participant, { sent }: Participant): void {
  let [next, missing] = [0, 0];
  for (const message of heard) {
    const at = sent.indexOf(message, next);
    assert.notEqual(at, -1, `the ${name} heard what was not sent, or not now: ${message}`);
    missing += at - next;
    next = at + 1;
  }
  const { unheardMessages } = ws;
  assert.ok(missing <= unheardMessages, `${missing} messages are missing for the ${name}`);
  const arrived = heard.length + unheardMessages;
  assert.ok(arrived <= sent.length, `${arrived} of ${sent.length} have come to the ${name}`);
}

function checkStream(name: string, stream: FaultySide): void {
  assert.ok(stream.destroyed, `the stream of the ${name} is not destroyed`);
  const heard = STREAM_EVENTS.filter((type) => stream.listenerCount(type) > 0);
  assert.deepEqual(heard, [], `listeners left on the stream of the ${name}`);
  // It stays: a stream whose errors nobody hears ends the process.
  assert.equal(stream.listenerCount('error'), 1, `listeners of errors of the ${name}`);
}

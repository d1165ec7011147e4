/** What piles up behind a message that takes time is worked off in turns, and everybody has one. */
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import { extended } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { turn, turnsUntil } from '../../test/turns';

/** A queue whose cost grows with the square of its length is not through with these within the test. */
const COUNT = 200_000;
const MOST_PER_TURN = 1024;
const MOST_TURNS = 6;
/** What a queued message weighs beside its payload. */
const OVERHEAD = 128;

function flood(count: number): Buffer {
  const one = encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: 'x' });
  return Buffer.alloc(one.byteLength * count, one);
}

test('200,000 texts that are echoed behind a long one: others are served while they leave', async () => {
  const { joined, session, ws, peer } = extended('server', { slowReader: 'none' });
  let queued = 0;
  ws.on('message', ({ data }) => {
    queued++;
    ws.send(data);
  });
  ws.send('~long');
  joined.clientSide.write(flood(COUNT));
  await turnsUntil(() => queued === COUNT);
  expect(ws.bufferedAmount).toBe(COUNT + '~long'.length);

  const innocent = new Joined().open();
  let echoes = 0;
  innocent.server.on('message', ({ data }) => innocent.server.send(data));
  innocent.client.on('message', () => echoes++);
  await settled();
  let echoed = 0;
  peer.on('message', () => echoed++);
  const seen = session.seen.length;
  session.current.release();
  let turns = 0;
  let most = 0;
  let leftBefore = 0;
  let waited = 0;
  innocent.client.send('are you there?');
  while (echoed < COUNT + 1) {
    await turn();
    turns++;
    waited++;
    const left = session.seen.length - seen;
    most = Math.max(most, left - leftBefore);
    leftBefore = left;
    if (echoes === 0) continue;
    expect(waited).toBeLessThanOrEqual(MOST_TURNS);
    waited = echoes = 0;
    innocent.client.send('are you there?');
  }
  expect(most).toBeLessThanOrEqual(MOST_PER_TURN);
  expect(turns).toBeGreaterThanOrEqual(COUNT / MOST_PER_TURN);
  expect(ws.bufferedAmount).toBe(0);
});

test('by default, no more of them wait than maxBufferedAmount allows', async () => {
  const { joined, session, ws } = extended('server', {});
  let most = 0;
  ws.on('message', ({ data }) => {
    ws.send(data);
    most = Math.max(most, ws.bufferedAmount);
  });
  ws.send('~long');
  joined.clientSide.write(flood(COUNT));
  await turnsUntil(() => ws.readyState !== 1);
  expect(most).toBeLessThanOrEqual(2 ** 24 / OVERHEAD + '~long'.length);
  expect(ws.droppedMessages).toBe(1);
  session.current.release();
  ws.terminate();
  await settled();
});

test('200,000 texts before the connection is open leave in turns', async () => {
  const joined = new Joined('hybi-13', { slowReader: 'none' });
  const { client, server } = joined;
  let received = 0;
  server.on('message', () => received++);
  for (let count = 0; count < COUNT; count++) client.send('x');
  expect(client.bufferedAmount).toBe(COUNT);
  joined.open();
  let [before, most] = [COUNT, 0];
  while (received < COUNT) {
    await turn();
    const { bufferedAmount } = client;
    most = Math.max(most, before - bufferedAmount);
    before = bufferedAmount;
  }
  expect(most).toBeLessThanOrEqual(MOST_PER_TURN);
  expect(client.bufferedAmount).toBe(0);
});

test('200,000 senders are told, in order, when the connection ends', async () => {
  const { client } = new Joined('hybi-13', { slowReader: 'none' });
  let told = 0;
  let inOrder = true;
  for (let count = 0; count < COUNT; count++) {
    client.send('x', () => (inOrder &&= told++ === count));
  }
  client.terminate();
  await settled();
  expect([told, inOrder, client.bufferedAmount]).toEqual([COUNT, true, COUNT]);
});

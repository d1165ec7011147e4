/** Messages that extensions restore while `ws.messages()` reads: piece by piece, when they are wanted. */
import { OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { extended, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { expanding } from '../../test/expanding-extension';
import { Joined, record, writeRaw } from '../../test/memory-opening';
import { chunksOf, last, nextOf, readAll } from '../../test/message-parts';
import { turn, turnsUntil } from '../../test/turns';

const AS_IT_IS = { times: 1, pieceLength: 1 };
const KIB_64 = 65_536;
/** A KiB that becomes 64 MiB. */
const BOMB = { times: KIB_64, pieceLength: KIB_64 };

function marked(opcode: number, payload: Uint8Array | string, fin = true): OutgoingFrame {
  return { opcode, payload: Buffer.from(payload as string), fin, rsv: RSV1 };
}

const { TEXT, BINARY, CONTINUATION } = OPCODE;

test('a text is cut between code points, wherever extensions cut it', async () => {
  const { joined } = expanding(AS_IT_IS);
  const messages = readAll(joined.server);
  const bytes = Buffer.from('aé☃😀');
  writeRaw(joined, 'client', marked(TEXT, bytes.subarray(0, 5), false), last(bytes.subarray(5)));
  writeRaw(joined, 'client', marked(TEXT, ''), marked(BINARY, Buffer.of(1, 2)));
  await settled();
  joined.client.close(1000);
  expect(await messages).toEqual([
    ['text', ['a', 'é', '☃', '😀']],
    ['text', []],
    ['binary', [Buffer.of(1), Buffer.of(2)]],
  ]);
});

test.each([
  ['is no UTF-8', Buffer.of(0x61, 0xff), 'WS_ERR_INVALID_UTF8'],
  ['ends inside a code point', Buffer.of(0x61, 0xc3), 'WS_ERR_INVALID_UTF8'],
])('a text that %s fails the connection', async (_what, bytes, code) => {
  const { joined } = expanding(AS_IT_IS);
  const reader = joined.server.messages();
  writeRaw(joined, 'client', marked(TEXT, bytes));
  const chunks = (await nextOf(reader))[Symbol.asyncIterator]();
  expect((await chunks.next()).value).toBe('a');
  await expect(chunks.next()).rejects.toMatchObject({
    code: 'WS_ERR_MESSAGE_INCOMPLETE',
    cause: { code },
  });
});

test('no more is restored than a slow reader has room for', async () => {
  const { joined, session } = expanding(BOMB, { highWaterMark: 3 * KIB_64 });
  const reader = joined.server.messages();
  writeRaw(joined, 'client', marked(BINARY, Buffer.alloc(100)));
  const chunks = (await nextOf(reader))[Symbol.asyncIterator]();
  await settled();
  expect(session.pieces).toBe(3);
  for (let taken = 1; taken < 10; taken++) {
    await chunks.next();
    await settled();
    expect(session.pieces - taken).toBeLessThanOrEqual(3);
  }
  joined.server.terminate();
  await settled();
  expect(session).toMatchObject({ closes: 1, pieces: expect.any(Number) as number });
  expect(session.pieces).toBeLessThan(20);
});

test('a message is skipped without a queue, and in turns with others', async () => {
  const { joined, session } = expanding(BOMB);
  const other = new Joined().open();
  let heard = 0;
  other.server.onmessage = () => heard++;
  const reader = joined.server.messages();
  writeRaw(joined, 'client', marked(BINARY, Buffer.alloc(400)), marked(TEXT, 'on'));
  await nextOf(reader);
  const next = reader.next();
  const madePerTurn: number[] = [];
  while (session.pieces < 400) {
    const before = session.pieces;
    other.client.send('x');
    await turn();
    madePerTurn.push(session.pieces - before);
  }
  // A share is 512 KiB, that is eight pieces, and one more may be on its way.
  expect(Math.max(...madePerTurn)).toBeLessThanOrEqual(18);
  await turnsUntil(() => heard >= madePerTurn.length, 20);
  expect((await next).value?.type).toBe('text');
  joined.server.terminate();
  other.server.terminate();
});

test('the total is bounded by maxStreamedLength, as restored', async () => {
  const { joined, session } = expanding(BOMB, { maxStreamedLength: 10 * KIB_64 });
  const messages = readAll(joined.server);
  const events = record(joined.client);
  writeRaw(joined, 'client', marked(BINARY, Buffer.alloc(10)));
  await settled();
  writeRaw(joined, 'client', marked(BINARY, Buffer.alloc(11)));
  await expect(messages).rejects.toMatchObject({ code: 'WS_ERR_MESSAGE_INCOMPLETE' });
  await settled();
  expect(events.at(-1)?.slice(0, 2)).toEqual(['close', 1009]);
  expect(session.pieces).toBeLessThanOrEqual(21);
});

test.each([
  ['whole', 6, [marked(TEXT, '~12345')], ['~12345'], null],
  ['gathered', 6, [marked(TEXT, '~12', false), last('345')], ['~12345'], null],
  ['too long', 5, [marked(TEXT, '1'.repeat(1000), false)], [], 1009],
])('an extension without parts: %s', async (_what, maxLength, frames, expected, code) => {
  const { joined, ws, session, peerEvents, peerName } = extended('server', { maxLength });
  const reader = ws.messages();
  const message = reader.next();
  message.catch(() => undefined);
  writeRaw(joined, peerName, ...frames);
  await settled();
  for (const held of session.held) held.release();
  if (code === null) expect(await chunksOf((await message).value!)).toEqual(expected);
  else expect(peerEvents.at(-1)?.slice(0, 2)).toEqual(['close', code]);
  ws.terminate();
});

test('what an extension throws fails the connection', async () => {
  const { joined, ws, peerName } = extended('server');
  const reader = ws.messages();
  writeRaw(joined, peerName, marked(TEXT, 'fine'), marked(TEXT, '!', false), last('x'));
  expect(await (await nextOf(reader)).text()).toBe('fine');
  await expect(reader.next()).rejects.toMatchObject({ code: 'WS_ERR_EXTENSION_FAILED' });
});

test('what was under way when the application closes is let go', async () => {
  const { joined, session } = expanding(BOMB);
  const reader = joined.server.messages();
  writeRaw(joined, 'client', marked(BINARY, Buffer.alloc(10), false));
  const message = await nextOf(reader);
  await settled();
  joined.server.close(1000);
  writeRaw(joined, 'client', { opcode: CONTINUATION, payload: 'x' });
  await settled();
  expect(session.closes).toBe(1);
  await expect(message.bytes()).rejects.toMatchObject({ code: 'WS_ERR_MESSAGE_INCOMPLETE' });
  expect((await reader.next()).done).toBe(true);
});

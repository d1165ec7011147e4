/** A reader of `ws.messages()` that takes its time: nobody is given up for it, and the end is told. */
import { OPCODE } from '@ws/frame-parser';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { Joined, record, writeRaw } from '../../test/memory-opening';
import { first, last, middle, nextOf } from '../../test/message-parts';
import type { ConnectionOptions } from '../options';
import type { ReadableMessage } from './readable-message';

const KIB = Buffer.alloc(1024);
const SECONDS = 1000;

beforeEach(fakeDeadlines);
afterEach(() => jest.useRealTimers());

interface Slow {
  readonly joined: Joined;
  readonly message: ReadableMessage;
  readonly chunks: AsyncIterator<string | Buffer>;
}

/** A message of which more has come than may wait, and nobody reads. */
async function slow(options: ConnectionOptions): Promise<Slow> {
  const joined = new Joined('hybi-13', { highWaterMark: 1000, ...options });
  joined.openings.server.open();
  const reader = joined.server.messages();
  writeRaw(joined, 'client', first(KIB), middle(KIB), middle(KIB));
  const message = await nextOf(reader);
  await settled();
  expect(joined.server.isPaused).toBe(true);
  return { joined, message, chunks: message[Symbol.asyncIterator]() };
}

test.each<ConnectionOptions>([{ idleTimeout: 1000 }, { ping: 1, pingTimeout: 500 }])(
  '%p: who reads slowly is not ended',
  async (options) => {
    const { joined, chunks } = await slow(options);
    const events = record(joined.server);
    await pass(20 * SECONDS);
    expect(events).toEqual([]);
    for (let count = 0; count < 3; count++) await chunks.next();
    writeRaw(joined, 'client', last(''));
    expect((await chunks.next()).done).toBe(true);
    joined.server.terminate();
  },
);

test('parts of a message put idleness off; without them it ends within the message', async () => {
  const { joined, chunks } = await slow({ idleTimeout: 1000 });
  for (let count = 0; count < 3; count++) await chunks.next();
  for (let count = 0; count < 10; count++) {
    const chunk = chunks.next();
    await pass(800);
    writeRaw(joined, 'client', middle(KIB));
    expect((await chunk).value).toHaveLength(1024);
  }
  const lost = chunks.next();
  lost.catch(() => undefined);
  await pass(2 * SECONDS);
  await expect(lost).rejects.toMatchObject({
    code: 'WS_ERR_MESSAGE_INCOMPLETE',
    cause: { code: 'WS_ERR_IDLE_TIMEOUT' },
  });
});

test('a reset is noticed; what had come can still be read, for half of closeTimeout', async () => {
  const { joined, chunks } = await slow({ closeTimeout: 10 * SECONDS });
  joined.serverSide.destroy(new Error('reset'));
  await pass(4 * SECONDS);
  for (let count = 0; count < 3; count++) expect((await chunks.next()).value).toHaveLength(1024);
  await expect(chunks.next()).rejects.toMatchObject({ cause: { message: 'reset' } });
});

test('… and no longer', async () => {
  const { joined, chunks } = await slow({ closeTimeout: 10 * SECONDS });
  joined.serverSide.destroy(new Error('reset'));
  await pass(6 * SECONDS);
  expect(joined.server.readyState).toBe(joined.server.CLOSED);
  expect((await chunks.next()).value).toHaveLength(1024);
  await expect(chunks.next()).rejects.toMatchObject({ code: 'WS_ERR_MESSAGE_INCOMPLETE' });
});

test('small parts weigh more than their bytes', async () => {
  const joined = new Joined().open();
  const reader = joined.server.messages();
  const byte = { opcode: OPCODE.CONTINUATION, payload: 'x', fin: false };
  writeRaw(joined, 'client', first('x'), ...Array.from({ length: 2000 }, () => byte), last('x'));
  const message = await nextOf(reader);
  await settled();
  expect(joined.server.isPaused).toBe(true);
  expect(await message.text()).toHaveLength(2002);
  joined.server.terminate();
});

/** `sendStream()` to `messages()`: messages of any length over real sockets, compressed or not. */
import { createHash } from 'node:crypto';
import WebSocket from '../src';
import type { ReadableMessage, WebSocket as Connection } from '../src';
import { nextEvent } from './support/observed';
import { releaseLater } from './support/release';
import { TestServer } from './support/test-server';
import type { Upgrade } from './support/test-server';

/** Looked up once: Jest's globals are slow, and there are millions of calls. */
const { imul } = Math;
const MiB = 2 ** 20;
/** What the kernel has of a connection within one machine. */
const IN_KERNEL = 24 * MiB;
const NO_CONTEXT_TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

interface Ends {
  readonly sender: Connection;
  readonly receiver: Connection;
}

const ROLES = ['client', 'server'] as const;
const WAYS: [string, object][] = [
  ['as it is', {}],
  ['compressed', { deflate: { threshold: 0 } }],
  ['compressed, with takeover', { deflate: { threshold: 0, ...NO_CONTEXT_TAKEOVER } }],
];
const CASES = ROLES.flatMap((role) => WAYS.map(([way, options]) => ({ role, way, options })));

async function connect(senderRole: (typeof ROLES)[number], options: object = {}): Promise<Ends> {
  const server = await TestServer.listen((...upgrade: Upgrade) => {
    return new WebSocket(...upgrade, [], options);
  });
  const client = new WebSocket(server.url, [], options);
  releaseLater(() => client.terminate());
  const [far] = await Promise.all([server.next(), client.opened]);
  return senderRole === 'client'
    ? { sender: client, receiver: far }
    : { sender: far, receiver: client };
}

/** Bytes that compress somewhat: a fourth of them are noise. */
function* someBytes(pieces: number, length: number): Generator<Buffer> {
  let state = 1;
  for (let piece = 0; piece < pieces; piece++) {
    const bytes = Buffer.alloc(length, piece);
    for (let at = 0; at < length; at += 4) {
      state = (imul(state, 1_103_515_245) + 12_345) >>> 0;
      bytes[at] = state >>> 24;
    }
    yield bytes;
  }
}

/** Text whose pieces are cut within characters. */
function* someText(pieces: number): Generator<Buffer> {
  const line = Buffer.from('aé☃😀');
  const text = Buffer.concat(Array.from({ length: 1000 }, () => line));
  for (let piece = 0; piece < pieces; piece++) {
    const cut = 1 + (piece % (text.byteLength - 1));
    yield text.subarray(0, cut);
    yield text.subarray(cut);
  }
}

function hashOf(chunks: Iterable<Buffer | string>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function hashOfMessage(message: ReadableMessage): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of message) hash.update(chunk);
  return hash.digest('hex');
}

test.each(CASES)('from a $role, $way: all arrives, in order', async ({ role, options }) => {
  const { sender, receiver } = await connect(role, options);
  const bytes = sender.sendStream(someBytes(64, 70_000));
  sender.send('in between');
  const text = sender.sendStream(someText(100), { text: true });
  const nothing = sender.sendStream([]);
  const trip = sender.roundTrip();
  const heard: unknown[] = [];
  for await (const message of receiver.messages()) {
    heard.push([message.type, await hashOfMessage(message)]);
    if (heard.length === 4) sender.close(1000);
  }
  await Promise.all([bytes, text, nothing]);
  expect(await trip).toBeGreaterThanOrEqual(0);
  expect(heard).toEqual([
    ['binary', hashOf(someBytes(64, 70_000))],
    ['text', hashOf(['in between'])],
    ['text', hashOf(someText(100))],
    ['binary', hashOf([])],
  ]);
});

test.each(ROLES)('from a %s: a slow reader holds the source back', async (role) => {
  const { sender, receiver } = await connect(role);
  let made = 0;
  function* counted(): Generator<Buffer> {
    for (let piece = 0; piece < 1024; piece++) {
      made += 65_536;
      yield Buffer.alloc(65_536, piece);
    }
  }
  const sent = sender.sendStream(counted());
  let read = 0;
  let ahead = 0;
  const { value } = await receiver.messages().next();
  for await (const chunk of value!) {
    read += chunk.length;
    ahead = Math.max(ahead, made - read);
  }
  await sent;
  expect(read).toBe(64 * MiB);
  expect(ahead).toBeLessThan(IN_KERNEL);
});

test.each(CASES)(
  'from a $role, $way: what is skipped holds nothing up',
  async ({ role, options }) => {
    const { sender, receiver } = await connect(role, options);
    void sender.sendStream(someBytes(64, 70_000));
    sender.send('on');
    const texts: string[] = [];
    for await (const message of receiver.messages()) {
      if (message.type === 'binary') {
        for await (const chunk of message) if (chunk.length > 0) break;
        continue;
      }
      texts.push(await message.text());
      break;
    }
    sender.send('to a listener');
    expect(texts).toEqual(['on']);
    expect((await nextEvent(receiver, 'message')).data).toBe('to a listener');
  },
);

test.each(ROLES)('from a %s: a source that fails within a message', async (role) => {
  const { sender, receiver } = await connect(role);
  function* failing(): Generator<Buffer> {
    yield* someBytes(4, 100_000);
    throw new Error('the disk is gone');
  }
  const sent = sender.sendStream(failing());
  sent.catch(() => undefined);
  const reader = receiver.messages();
  const { value } = await reader.next();
  await expect(value!.bytes()).rejects.toMatchObject({ code: 'WS_ERR_MESSAGE_INCOMPLETE' });
  await expect(sent).rejects.toMatchObject({ code: 'WS_ERR_SOURCE_FAILED' });
  expect((await receiver.closed).code).toBe(1011);
});

test('a reader that terminates: the source is let go', async () => {
  const { sender, receiver } = await connect('server', { closeTimeout: 1000 });
  let released = false;
  function* endless(): Generator<Buffer> {
    try {
      for (;;) yield Buffer.alloc(65_536);
    } finally {
      released = true;
    }
  }
  const sent = sender.sendStream(endless());
  sent.catch(() => undefined);
  const { value } = await receiver.messages().next();
  for await (const chunk of value!) if (chunk.length > 0) break;
  receiver.terminate();
  await expect(sent).rejects.toThrow();
  expect(released).toBe(true);
});

/** Compressed messages between this implementation, itself and others, whatever was agreed on. */
import fc from 'fast-check';
import { CLIENTS, SERVERS, undici } from './support/deflating-peers';
import type { DeflatingClient, DeflatingServer, Wish } from './support/deflating-peers';
import type { W3cPeer } from './support/peers';

type Message = string | Buffer;

/** Looked up once: Jest's globals are slow, and there are millions of calls. */
const { imul } = Math;
const KEPT = { serverNoContextTakeover: false, clientNoContextTakeover: false };
const FORGOTTEN = { serverNoContextTakeover: true, clientNoContextTakeover: true };
const WISHES: Wish[] = [
  {},
  KEPT,
  FORGOTTEN,
  { ...KEPT, serverNoContextTakeover: true },
  { ...KEPT, clientNoContextTakeover: true },
  { ...KEPT, serverMaxWindowBits: 9, clientMaxWindowBits: 9 },
  { ...KEPT, serverMaxWindowBits: 12 },
  { ...KEPT, clientMaxWindowBits: 11 },
  { ...FORGOTTEN, serverMaxWindowBits: 9, clientMaxWindowBits: 10 },
];

const isOurs = ({ name }: { name: string }): boolean => name.startsWith('ours');
const isWs = ({ name }: { name: string }): boolean => name === 'ws';
const PAIRS = SERVERS.flatMap((server) =>
  CLIENTS.filter((client) => isWorthwhile(client.name, server.name)).map((client) => ({
    server,
    client,
    names: `${server.name} as server, ${client.name} as client`,
  })),
);

/** Each with ours, and the plug-in in our hands with the plug-in in those that it was made for. */
function isWorthwhile(...names: [string, string]): boolean {
  const plugged = names.filter((name) => name.endsWith('the plug-in'));
  return names.includes('ours') || (plugged.length === 2 && plugged[0] !== plugged[1]);
}

/** Letters that look random, or of which each run looks like the one before. */
function letters(length: number, isRandom: boolean): Buffer {
  const bytes = Buffer.alloc(length);
  let state = length + 1;
  for (let index = 0; index < length; index++) {
    state = (imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = isRandom ? state >>> 24 : 97 + (index % 23) + (state >>> 30);
  }
  return bytes;
}

const text = (length: number): string => letters(length, false).toString('latin1');

const MESSAGES: Message[] = [0, 1, 300, 1023, 16_384, 16_385, 70_000].flatMap((length) => [
  text(length),
  letters(length, true),
  letters(length, false),
]);
MESSAGES.push('héllo €𝄞', text(300), text(300), text(2 ** 20), letters(2 ** 20, true));

/** What comes back when all of `messages` are sent at once. */
function echoes(peer: W3cPeer, messages: readonly Message[]): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const received: Message[] = [];
    if (messages.length === 0) resolve(received);
    peer.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
    peer.onmessage = ({ data }) => {
      received.push(typeof data === 'string' ? data : Buffer.from(data as ArrayBuffer));
      if (received.length === messages.length) resolve(received);
    };
    for (const message of messages) peer.send(message);
  });
}

/** The first message that is not the same; whole ones in a failure's text help nobody. */
function firstDifference(sent: readonly Message[], received: readonly Message[]): number {
  return sent.findIndex((message, index) => {
    const echo = received[index];
    if (typeof message === 'string') return message !== echo;
    return !Buffer.isBuffer(echo) || !message.equals(echo);
  });
}

async function connected(
  client: DeflatingClient,
  server: DeflatingServer,
  wishes: { client: Wish; server: Wish },
): Promise<W3cPeer & { extensions?: unknown }> {
  const port = await server.serve(wishes.server);
  const peer = client.dial(`ws://127.0.0.1:${port}/`, wishes.client);
  await new Promise<void>((resolve, reject) => {
    peer.onopen = resolve;
    peer.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  });
  return peer;
}

async function expectEchoes(peer: W3cPeer, messages: readonly Message[]): Promise<void> {
  expect(firstDifference(messages, await echoes(peer, messages))).toBe(-1);
  const closed = new Promise<void>((resolve) => (peer.onclose = () => resolve()));
  peer.close(1000);
  await closed;
}

describe.each(PAIRS)('$names', ({ client, server }) => {
  test.each(WISHES)('%j on both ends', async (wish) => {
    const peer = await connected(client, server, { client: wish, server: wish });
    if (isOurs(client)) expect(peer.extensions).toMatch(/^permessage-deflate/);
    await expectEchoes(peer, MESSAGES.slice(0, -2));
  });

  test('messages up to 1 MiB', async () => {
    const peer = await connected(client, server, { client: KEPT, server: KEPT });
    await expectEchoes(peer, MESSAGES);
  });

  const length = fc.oneof(fc.nat(300), fc.nat(300), fc.nat(40_000), fc.nat(2 ** 20));
  const message = fc.oneof(
    { weight: 2, arbitrary: length.map(text) },
    fc.string({ unit: 'grapheme', maxLength: 2000 }),
    { weight: 2, arbitrary: fc.tuple(length, fc.boolean()).map((args) => letters(...args)) },
  );

  test('any messages, whatever the two ends want', async () => {
    const wish = fc.constantFrom(...WISHES);
    const same = wish.map((both) => ({ client: both, server: both }));
    // ws refuses what goes against its wishes, even where an end has the right to it (§7.1.1.2).
    const isStrict = isWs(client) || isWs(server);
    const property = fc.asyncProperty(
      isStrict ? same : fc.record({ client: wish, server: wish }),
      fc.array(message, { maxLength: 5 }),
      async (wishes, messages) => {
        await expectEchoes(await connected(client, server, wishes), messages);
      },
    );
    await fc.assert(property, { numRuns: 5 });
  });
});

test.each(SERVERS.filter(isOurs))('$name as server, undici as client', async (server) => {
  for (const wish of WISHES) {
    const peer = await connected(undici, server, { client: {}, server: wish });
    expect(peer.extensions).toMatch(/^permessage-deflate/);
    await expectEchoes(peer, MESSAGES.slice(0, -1));
  }
});

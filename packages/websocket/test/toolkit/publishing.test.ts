/** Topics, and messages for many connections. */
import { once } from 'node:events';
import type { Client } from '@ws/client';
import { prepare } from '@ws/server';
import type { ServerSocket, WebSocketServer } from '@ws/server';
import { endingOf, messageOf, nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { head, HIXIE_76, KEY3 } from '../support/requests';
import { connectionOf, dial, serve } from '../support/toolkit';

interface Room {
  readonly chat: WebSocketServer;
  readonly clients: readonly Client[];
  readonly members: readonly ServerSocket[];
  /** What a member's client receives from now on. */
  readonly received: readonly string[][];
}

/** So many connections that have subscribed to the room. */
async function room(count: number): Promise<Room> {
  const { chat, url } = await serve();
  const members: ServerSocket[] = [];
  const received: string[][] = [];
  const clients: Client[] = [];
  for (let index = 0; index < count; index++) {
    const connection = connectionOf(chat);
    const client = dial(url);
    clients.push(client);
    const messages: string[] = [];
    client.on('message', ({ data }) => messages.push(String(data)));
    members.push(await connection);
    received.push(messages);
    members[index].subscribe('room');
  }
  return { chat, clients, members, received };
}

/** All that was sent to them has arrived. */
async function settled(members: readonly ServerSocket[]): Promise<void> {
  await Promise.all(members.map((ws) => ws.roundTrip()));
}

test('a message goes to those that have subscribed, in order with all else that they are sent', async () => {
  const { chat, members, received } = await room(3);
  members[1].unsubscribe('room');
  members[0].send('before');
  expect(chat.publish('room', 'hello')).toEqual({ sent: 2, dropped: 0, closed: 0 });
  members[0].send('behind');
  await settled(members);
  expect(received).toEqual([['before', 'hello', 'behind'], [], ['hello']]);
});

test.each([
  ['one', (members: readonly ServerSocket[]) => members[0]],
  ['several', (members: readonly ServerSocket[]) => new Set(members.slice(0, 2))],
])('%s can be left out', async (what, except) => {
  const { chat, members, received } = await room(3);
  const { sent } = chat.publish('room', 'hello', { except: except(members) });
  await settled(members);
  expect(received.flat()).toHaveLength(sent);
  expect(sent).toBe(what === 'one' ? 2 : 1);
  expect(received[0]).toEqual([]);
});

test('those that have subscribed are known, and are what they are at the moment', async () => {
  const { chat, members } = await room(3);
  members[1].unsubscribe('room');
  const found = chat.subscribers('room');
  expect([...found]).toEqual([members[0], members[2]]);
  for (const ws of found) ws.unsubscribe('room');
  expect([found.size, chat.subscribers('room').size]).toEqual([2, 0]);
  expect(() => chat.subscribers(5 as never)).toThrow(TypeError);
});

test('broadcast goes to all clients, whatever they have subscribed to', async () => {
  const { chat, members, received } = await room(2);
  members[0].unsubscribe('room');
  expect(chat.broadcast(Buffer.from('bytes'))).toEqual({ sent: 2, dropped: 0, closed: 0 });
  await settled(members);
  expect(received).toEqual([['bytes'], ['bytes']]);
});

test('a prepared message is published as it is', async () => {
  const { chat, members, received } = await room(2);
  chat.publish('room', prepare('prepared'));
  await settled(members);
  expect(received).toEqual([['prepared'], ['prepared']]);
});

test('topics of a connection: subscribed twice, unsubscribed, and left at the end', async () => {
  const { chat, members } = await room(1);
  const [ws] = members as [ServerSocket];
  ws.subscribe('room', 'other');
  expect([...ws.topics]).toEqual(['room', 'other']);
  expect(chat.publish('room', 'once').sent).toBe(1);
  ws.unsubscribe('room', 'never');
  expect([...ws.topics]).toEqual(['other']);
  const ending = endingOf(ws);
  ws.terminate();
  await ending;
  expect([...ws.topics]).toEqual([]);
  ws.subscribe('late');
  expect([...ws.topics]).toEqual([]);
  expect(chat.publish('other', 'x')).toEqual({ sent: 0, dropped: 0, closed: 0 });
});

test('the hook subscribes a connection before it is open', async () => {
  const { chat, url } = await serve({ upgrade: () => ({ topics: ['a', 'b'] }) });
  const connection = connectionOf(chat);
  const client = dial(url);
  expect([...(await connection).topics]).toEqual(['a', 'b']);
  const message = messageOf(client);
  chat.publish('b', 'hello');
  expect(await message).toBe('hello');
});

test('those that are closing are counted as closed', async () => {
  const { chat, members } = await room(2);
  members[0].close();
  expect(chat.publish('room', 'x')).toEqual({ sent: 1, dropped: 0, closed: 1 });
  await settled([members[1]]);
});

test('a topic that a connection is to have is subscribed to when it opens, and never if it is closed at once', async () => {
  const { chat, url } = await serve({
    upgrade: ({ request }) => ({
      topics: ['room'],
      ...(request.url === '/no' && { closeWith: { code: 4001 } }),
    }),
  });
  const refused = dial(`${url}/no`);
  await nextEvent(refused, 'open');
  expect(chat.publish('room', 'x')).toEqual({ sent: 0, dropped: 0, closed: 0 });
});

test('a list of topics that is none is the mistake of the hook', async () => {
  const { chat, url } = await serve({ upgrade: () => ({ topics: 'room' as never }) });
  const failed = once(chat, 'error');
  dial(url);
  expect(await failed).toMatchObject([{ message: 'acceptance.topics: "room" is not a list' }]);
});

test('a connection that has ended is in no topic, however many it had and whatever became of its listeners', async () => {
  const { chat, members } = await room(1);
  const [ws] = members;
  const topics = Array.from({ length: 200_000 }, (_, index) => `topic/${index}`);
  for (const topic of topics) ws.subscribe(topic);
  ws.removeAllListeners();
  ws.terminate();
  await ws.closed;
  expect([ws.topics.size, chat.clients.size]).toEqual([0, 0]);
  expect(chat.publish('topic/7', 'x')).toEqual({ sent: 0, dropped: 0, closed: 0 });
});

test('of many topics one is looked up, and its members alone are asked', async () => {
  const { chat, members } = await room(3);
  for (let index = 0; index < 50_000; index++) members[index % 2].subscribe(`topic/${index}`);
  members[2].subscribe('topic/7');
  const asked = members.map((ws) => jest.spyOn(ws, 'readyState', 'get'));
  expect(chat.publish('topic/7', 'x').sent).toBe(2);
  const [none, once, other] = asked.map((get) => get.mock.calls.length);
  expect(none).toBe(0);
  expect(other).toBe(once);
});

test('a listener that publishes, closes and unsubscribes others keeps nobody from what was published', async () => {
  const { chat, clients, members, received } = await room(4);
  members[0].on('message', () => {
    chat.publish('room', 'one');
    members[1].close();
    members[2].unsubscribe('room');
    chat.publish('room', 'two', { except: members[0] });
    members[2].subscribe('room');
    chat.publish('room', 'three');
  });
  const told = nextEvent(members[0], 'message');
  clients[0].send('go');
  await told;
  await settled([members[0], members[2], members[3]]);
  expect(received).toEqual([['one', 'three'], ['one'], ['one', 'three'], ['one', 'two', 'three']]);
});

test('bytes for a peer that has only text count as closed, since its connection is', async () => {
  const { chat, port } = await serve({ protocolVersions: ['hixie-76'] });
  const connection = connectionOf(chat);
  await RawClient.connect(port, head(HIXIE_76) + KEY3);
  const ws = await connection;
  ws.on('error', () => undefined);
  expect(chat.broadcast('text').sent).toBe(1);
  expect(chat.broadcast(Buffer.from('bytes'))).toEqual({ sent: 0, dropped: 0, closed: 1 });
});

test('a slow reader is counted as dropped, and delays nobody', async () => {
  const { chat, port } = await serve({ slowReader: 'drop', maxBufferedAmount: 1024 });
  const connection = connectionOf(chat);
  const slow = await RawClient.open(port);
  slow.socket.pause();
  await connection;
  const message = Buffer.alloc(8 << 20);
  while (chat.broadcast(message).dropped === 0) await new Promise(setImmediate);
  expect([...chat.clients].map(({ droppedMessages }) => droppedMessages)).toEqual([1]);
});

test('a topic that nobody has subscribed to, and a server that is closed, give zeros', async () => {
  const { chat } = await serve();
  expect(chat.publish('none', 'x')).toEqual({ sent: 0, dropped: 0, closed: 0 });
  await chat.close();
  expect(chat.broadcast('x')).toEqual({ sent: 0, dropped: 0, closed: 0 });
});

test.each<[string, (chat: WebSocketServer) => unknown, string]>([
  ['a topic', (chat) => chat.publish(5 as never, ''), 'a topic is a string, and not 5'],
  ['no data', (chat) => chat.publish('room', null as never), 'cannot prepare null'],
  ['a Blob', (chat) => chat.publish('room', new Blob([]) as never), 'cannot prepare [object Blob]'],
  [
    'an option',
    (chat) => chat.publish('room', '', { excpet: 1 } as object),
    'option excpet is not known; did you mean except?',
  ],
  [
    'except',
    (chat) => chat.publish('room', '', { except: 5 as never }),
    'option except: 5 is not a connection of a server, nor several',
  ],
  [
    'except of letters',
    (chat) => chat.publish('room', '', { except: 'abc' as never }),
    'option except: "abc" is not a connection of a server, nor several',
  ],
  [
    'except of something else',
    (chat) => chat.publish('room', '', { except: [null] as never }),
    'option except: null is not a connection of a server, nor several',
  ],
])('%s of no use is refused', async (_, publish, message) => {
  const { chat } = await serve();
  expect(() => publish(chat)).toThrow(message);
});

test('a topic that is no string is refused by connections', async () => {
  const { members } = await room(1);
  expect(() => members[0].subscribe('a', 5 as never)).toThrow('a topic is a string, and not 5');
  expect([...members[0].topics]).toEqual(['room']);
  await nextEvent(dial(members[0].url), 'open');
});

/** Topics, and messages for many connections. */
import { prepareMessage } from '@ws/connection';
import type { ServerSocket, WebSocketServer } from '@ws/server';
import { endingOf, messageOf, nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { connectionOf, dial, serve } from '../support/toolkit';

interface Room {
  readonly chat: WebSocketServer;
  readonly members: readonly ServerSocket[];
  /** What a member's client receives from now on. */
  readonly received: readonly string[][];
}

/** So many connections that have subscribed to the room. */
async function room(count: number): Promise<Room> {
  const { chat, url } = await serve();
  const members: ServerSocket[] = [];
  const received: string[][] = [];
  for (let index = 0; index < count; index++) {
    const connection = connectionOf(chat);
    const client = dial(url);
    const messages: string[] = [];
    client.on('message', ({ data }) => messages.push(String(data)));
    members.push(await connection);
    received.push(messages);
    members[index].subscribe('room');
  }
  return { chat, members, received };
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

test('broadcast goes to all clients, whatever they have subscribed to', async () => {
  const { chat, members, received } = await room(2);
  members[0].unsubscribe('room');
  expect(chat.broadcast(Buffer.from('bytes'))).toEqual({ sent: 2, dropped: 0, closed: 0 });
  await settled(members);
  expect(received).toEqual([['bytes'], ['bytes']]);
});

test('a prepared message is published as it is', async () => {
  const { chat, members, received } = await room(2);
  chat.publish('room', prepareMessage('prepared'));
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

/** The demo's rooms, as Node clients see them. */
import WebSocket from '@ws/websocket';
import { listenOn, urlOf } from '../src/demo/listen';
import type { Demo } from '../src/demo/server';
import { hangUp, next } from './endings';

type Message = Record<string, unknown>;

const any = (type: StringConstructor): unknown => expect.any(type);

let demo: Demo;
let guests: WebSocket[] = [];

beforeEach(async () => {
  demo = await listenOn('0');
});

afterEach(async () => {
  await Promise.all(guests.map(hangUp));
  guests = [];
  await demo.close();
});

/** What a browser gets with the page. */
async function session(cookie = ''): Promise<string | null> {
  const response = await fetch(urlOf(demo), { method: 'HEAD', headers: { cookie } });
  return response.headers.get('Set-Cookie');
}

function knock(room: string, cookie = '', origin?: string): WebSocket {
  const url = new URL(`rooms/${room}`, urlOf(demo).replace('http', 'ws'));
  const ws = new WebSocket(url, 'chat', {
    headers: { cookie, ...(origin !== undefined && { origin }) },
  });
  guests.push(ws);
  return ws;
}

/** Somebody in a room, and how they were welcomed. */
async function enter(room: string, cookie?: string): Promise<[WebSocket, Message]> {
  const ws = knock(room, cookie ?? (await session())!);
  return [ws, await heardBy(ws)];
}

async function heardBy(ws: WebSocket): Promise<Message> {
  return JSON.parse((await next(ws, 'message')).data as string) as Message;
}

const says = (ws: WebSocket, message: Message): boolean => ws.send(JSON.stringify(message));

test('who comes in is welcomed, and told to the others', async () => {
  const [ada, welcome] = await enter('blue');
  expect(welcome).toEqual({ type: 'welcome', name: any(String), others: [] });
  const [, { name, others }] = await enter('blue');
  expect(others).toEqual([welcome['name']]);
  expect(await heardBy(ada)).toEqual({ type: 'joined', name });
});

test('a text goes to the others in the room, and to nobody else', async () => {
  const [ada, { name }] = await enter('blue');
  const [bob] = await enter('blue');
  const [eve] = await enter('red');
  says(ada, { type: 'text', text: 'héllo', more: 1 });
  expect(await heardBy(bob)).toEqual({ type: 'text', from: name, text: 'héllo' });
  expect([await heardBy(ada), await heardBy(ada)]).toEqual([
    { type: 'joined', name: any(String) },
    { type: 'delivered', to: 1 },
  ]);
  says(eve, { type: 'text', text: 'nobody?' });
  expect(await heardBy(eve)).toEqual({ type: 'delivered', to: 0 });
});

test('a file comes with its name and who it is from', async () => {
  const [ada, { name }] = await enter('blue');
  const [bob] = await enter('blue');
  await heardBy(ada);
  says(ada, { type: 'file', name: 'a.bin' });
  says(ada, { type: 'text', text: 'between' });
  ada.send(Buffer.from([0, 255]));
  expect(await heardBy(bob)).toMatchObject({ type: 'text' });
  expect(await heardBy(bob)).toEqual({ type: 'file', from: name, name: 'a.bin' });
  expect((await next(bob, 'message')).data).toEqual(Buffer.from([0, 255]));
});

test.each<[string, (ws: WebSocket) => void, Message]>([
  [
    'closes',
    (ws) => ws.close(4321, 'supper'),
    { code: 4321, reason: 'supper', initiator: 'remote' },
  ],
  ['vanishes', (ws) => ws.terminate(), { code: 1006, reason: '', initiator: 'network' }],
  ['is thrown out', (ws) => ws.send('?'), { code: 1003, initiator: 'local' }],
])('who %s is told to the others, with why', async (_, leave, why) => {
  const [ada] = await enter('blue');
  const [bob, { name }] = await enter('blue');
  await heardBy(ada);
  leave(bob);
  expect(await heardBy(ada)).toMatchObject({ type: 'left', name, ...why });
});

test('windows of one browser have one name, and numbers', async () => {
  const cookie = (await session())!;
  expect(await session(`other=1; ${cookie}`)).toBeNull();
  const [, { name }] = await enter('blue', cookie);
  const [second, { name: next }] = await enter('blue', cookie);
  expect(next).toBe(`${String(name)} 2`);
  await hangUp(second);
  expect((await enter('blue', cookie))[1]['name']).toBe(next);
  expect((await enter('red', cookie))[1]['name']).toBe(name);
});

test.each(['', 'demo-session=', 'demo-session=made-up', 'demo-session=__proto__'])(
  'the cookie %j is no session, and the page is told so',
  async (cookie) => {
    const { code, reason } = await next(knock('blue', cookie), 'close');
    expect([code, reason]).toEqual([4001, 'The session is over: load the page again.']);
  },
);

test('a page of another origin is refused', async () => {
  const ws = knock('blue', (await session())!, 'https://other.example');
  await next(ws, 'close');
  expect(ws.statusCode).toBe(403);
});

test('a room with too long a name is refused', async () => {
  const ws = knock('x'.repeat(33));
  await next(ws, 'close');
  expect(ws.statusCode).toBe(404);
});

test.each<[string | Buffer]>([
  ['hello'],
  ['null'],
  ['{"type":"text"}'],
  [JSON.stringify({ type: 'text', text: 'x'.repeat(4001) })],
  ['{"type":"file","name":5}'],
  ['{"type":"left","name":"x"}'],
  [Buffer.from('a file without a name')],
])('what is no message of the subprotocol ends the connection: %j', async (message) => {
  const [ws] = await enter('blue');
  ws.send(message);
  expect((await next(ws, 'close')).code).toBe(1003);
});

test('a file that is too long ends the connection', async () => {
  const [ws] = await enter('blue');
  says(ws, { type: 'file', name: 'long' });
  ws.send(Buffer.alloc((4 << 20) + 1));
  expect((await next(ws, 'close')).code).toBe(1009);
});

test('every page is told when the demo is stopped', async () => {
  const [ws] = await enter('blue');
  const closed = next(ws, 'close');
  await demo.close();
  const { code, reason, wasClean } = await closed;
  expect([code, reason, wasClean]).toEqual([1001, 'The demo was stopped.', true]);
});

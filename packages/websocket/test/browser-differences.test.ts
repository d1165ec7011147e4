/** The README's table of where a WebSocket differs from a browser's, row by row. */
import WebSocket from '../src';
import { TestServer } from './support/test-server';
import { echoing, nextEvent } from './support/observed';

let url: string;
let ws: WebSocket;

beforeEach(async () => {
  ({ url } = await TestServer.listen((...upgrade) => echoing(new WebSocket(...upgrade))));
  ws = new WebSocket(url);
});

afterEach(() => ws.terminate());

/** The name of what is thrown. */
function nameThrown(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return (error as Error).name;
  }
}

test.each(['/chat', 'chat', '?room=1', '#chat', ''])('the relative URL %j', (relative) => {
  expect(nameThrown(() => new WebSocket(relative))).toBe('SyntaxError');
});

test('an empty subprotocol', () => {
  expect(nameThrown(() => new WebSocket(url, '').terminate())).toBeNull();
  expect(nameThrown(() => new WebSocket(url, ['']))).toBe('SyntaxError');
});

test('null for the subprotocols', async () => {
  const client = new WebSocket(url, null);
  await client.opened;
  expect(client.protocol).toBe('');
  client.terminate();
});

test.each([
  ['new WebSocket(5)', () => new WebSocket(5 as never)],
  ['new WebSocket(url, 5)', () => new WebSocket(url, 5 as never)],
  ['new WebSocket(url, [5])', () => new WebSocket(url, [5] as never)],
])('%s is a TypeError', (_, action) => {
  expect(nameThrown(action)).toBe('TypeError');
});

test('a third argument', () => {
  expect(nameThrown(() => new WebSocket(url, [], null).terminate())).toBeNull();
  expect(nameThrown(() => new WebSocket(url, [], 5 as never))).toBe('TypeError');
  expect(nameThrown(() => new WebSocket(url, [], 'stray' as never))).toBe('TypeError');
});

test('binaryType', () => {
  const seen = ['', 'uint8array', 'arraybuffer', 'blob'].map((type) => {
    if (type !== '') Object.assign(ws, { binaryType: type });
    return ws.binaryType;
  });
  expect(seen).toEqual(['nodebuffer', 'uint8array', 'arraybuffer', 'blob']);
});

test('send before open, and its answer', async () => {
  const heard = new Promise((resolve) => ws.on('message', ({ data }) => resolve(data)));
  expect([ws.readyState, ws.send('early')]).toEqual([WebSocket.CONNECTING, true]);
  expect(await heard).toBe('early');
});

test.each([
  ['send({})', 'TypeError', () => ws.send({} as never)],
  ['send(() => 1)', 'TypeError', () => ws.send((() => 1) as never)],
  ["send('hello', { lost: true })", 'TypeError', () => ws.send('hello', { lost: true } as never)],
])('%s is a %s', (_, name, action) => {
  expect(nameThrown(action)).toBe(name);
});

test('what is the same: null for the options of a listener', async () => {
  const listener = jest.fn();
  ws.addEventListener('message', listener, null as never);
  ws.addEventListener('close', listener, null as never);
  ws.removeEventListener('close', listener, null as never);
  ws.send('hello');
  ws.end();
  await ws.closed;
  expect(listener).toHaveBeenCalledTimes(1);
});

test('what is the same: arguments are converted, missing ones and symbols are TypeErrors', async () => {
  const sent: [unknown, string][] = [
    [null, 'null'],
    [42, '42'],
    [undefined, 'undefined'],
    [['a', 'b'], 'a,b'],
  ];
  for (const [data, text] of sent) {
    const heard = nextEvent(ws, 'message');
    ws.send(data as never);
    expect((await heard).data).toBe(text);
  }
  const heard = nextEvent(ws, 'message');
  ws.send('hello', ...([5, 'stray'] as never[]));
  expect((await heard).data).toBe('hello');
  expect(nameThrown(() => ws.send(...([] as unknown as [string])))).toBe('TypeError');
  expect(nameThrown(() => ws.send(Symbol('s') as never))).toBe('TypeError');
  expect(nameThrown(() => ws.close(null as never))).toBe('InvalidAccessError');
  ws.close('3000' as never, null as never);
  expect(await nextEvent(ws, 'close')).toMatchObject({ code: 3000, reason: 'null' });
});

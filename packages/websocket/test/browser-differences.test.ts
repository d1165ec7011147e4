/** The README's table of where a WebSocket differs from a browser's, row by row. */
import WebSocket from '../src';
import { TestServer } from './support/test-server';
import { echoing } from './support/observed';

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

test('a third argument', () => {
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
  ['send(null)', 'TypeError', () => ws.send(null as never)],
  ['send(42)', 'TypeError', () => ws.send(42 as never)],
  ['close(1000, null)', 'TypeError', () => ws.close(1000, null as never)],
  ["close('1000')", 'InvalidAccessError', () => ws.close('1000' as never)],
])('%s is a %s', (_, name, action) => {
  expect(nameThrown(action)).toBe(name);
});

/** What a class of WebSockets is told of its instances, whatever listeners do. */
import { settled, Side } from '../../test/duplex-pair';
import { MemoryOpening } from '../../test/memory-opening';
import { connectionSettings } from '../options';
import { SERVER } from '../protocol/role';
import { CLOSED, OPENED } from './life-hooks';
import { WebSocket } from './websocket';

class Watched extends WebSocket {
  readonly told: string[] = [];

  [OPENED](): void {
    this.told.push(`opened, ${this.readyState}`);
  }

  [CLOSED](): void {
    this.told.push(`closed, ${this.readyState}`);
  }
}

function watched(): { ws: Watched; opening: MemoryOpening } {
  const [stream] = Side.pair();
  const opening = new MemoryOpening(SERVER, { stream });
  const ws = new Watched(opening, connectionSettings({}));
  for (const type of ['open', 'close'] as const) ws.on(type, () => ws.told.push(type));
  return { ws, opening };
}

test('it is told before any listener', async () => {
  const { ws, opening } = watched();
  opening.open();
  ws.terminate();
  await settled();
  expect(ws.told).toEqual(['opened, 1', 'open', 'closed, 3', 'close']);
});

test('it is told without any listener', async () => {
  const { ws, opening } = watched();
  ws.removeAllListeners();
  opening.open();
  ws.terminate();
  await settled();
  expect(ws.told).toEqual(['opened, 1', 'closed, 3']);
});

test('it is told of the end alone where the opening fails', () => {
  const { ws, opening } = watched();
  opening.fail(new Error('refused'));
  expect(ws.told).toEqual(['closed, 3', 'close']);
});

test('it is not told of an opening that is followed by the end at once', async () => {
  const { ws, opening } = watched();
  ws.close();
  opening.open();
  await settled();
  ws.terminate();
  await settled();
  expect(ws.told).toEqual(['closed, 3', 'close']);
});

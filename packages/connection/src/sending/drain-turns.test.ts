/** Many connections that go on sending at every `drain`, to peers that take all at once. */
import { Side } from '../../test/duplex-pair';
import { MemoryOpening } from '../../test/memory-opening';
import { turn } from '../../test/turns';
import { connectionSettings } from '../options';
import { SERVER } from '../protocol/role';
import { WebSocket } from '../api/websocket';

const COUNT = 100;
/** What may be spent in a turn before the rest waits, and what one connection may spend of it. */
const MOST_PER_TURN = 2048;

interface Sender {
  readonly ws: WebSocket;
  sent: number;
  drains: number;
}

/** Sends `text` at every drain, as often as it may. */
function sender(highWaterMark: number, text: string): Sender {
  const [near, far] = Side.pair();
  far.resume();
  const opening = new MemoryOpening(SERVER, { stream: near });
  const ws = new WebSocket(opening, connectionSettings({ highWaterMark }));
  const made = { ws, sent: 0, drains: 0 };
  const fill = (): void => {
    do made.sent++;
    while (ws.send(text));
  };
  ws.on('drain', () => {
    made.drains++;
    fill();
  });
  opening.open();
  fill();
  return made;
}

test.each([
  ['small messages', 3000, 'x', 1000],
  ['large ones', 300_000, 'x'.repeat(100_000), 300],
])('%s: each has its turn, and a turn ends', async (_, highWaterMark, text, cost) => {
  const senders = Array.from({ length: COUNT }, () => sender(highWaterMark, text));
  const total = (): number => senders.reduce((sum, { sent }) => sum + sent, 0);
  const [perDrain] = senders.map(({ sent }) => sent);
  await turn();
  const perTurn: number[] = [];
  for (let turns = 0; turns < COUNT; turns++) {
    const before = total();
    await turn();
    perTurn.push(total() - before);
  }
  const drainsPerTurn = Math.ceil(MOST_PER_TURN / cost);
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(drainsPerTurn * perDrain);
  const drains = senders.map((each) => each.drains);
  expect(Math.min(...drains)).toBeGreaterThan(0);
  expect(Math.max(...drains) - Math.min(...drains)).toBeLessThanOrEqual(1);
  for (const { ws } of senders) ws.terminate();
});

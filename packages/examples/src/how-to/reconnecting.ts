/** Connects, and connects again when the connection was lost: later each time, and never in step with others. */
import { randomInt } from 'node:crypto';
import { Client } from '@ws/websocket';

const FIRST_DELAY = 500;
const MAX_DELAY = 30_000;

/**
 * Calls back for each connection that is open, until the signal aborts.
 *
 * @param onOpen attaches listeners, and asks for what was missed
 */
export function stayConnected(
  url: string,
  onOpen: (ws: Client) => void,
  signal?: AbortSignal,
): void {
  let delay = FIRST_DELAY;
  let timer: NodeJS.Timeout | undefined;
  signal?.addEventListener('abort', () => clearTimeout(timer));

  function connect(): void {
    const ws = new Client(url, [], { ping: 30, signal });
    ws.on('open', () => {
      delay = FIRST_DELAY;
      onOpen(ws);
    });
    ws.on('close', ({ code }) => {
      const done = code === 1000 || code === 4401; // 4401: no longer logged in
      if (done || signal?.aborted === true) return;
      timer = setTimeout(connect, randomInt(delay / 2, delay));
      delay = Math.min(delay * 2, MAX_DELAY);
    });
  }

  connect();
}

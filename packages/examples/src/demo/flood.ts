/** More than anybody reads at once, sent as fast as it is read. */
import type { ServerSocket } from '@ws/websocket';
import { say } from './messages';

const CHUNK = Buffer.alloc(16 << 10);
const CHUNKS = 2048;

/** The connections that are being flooded. */
const flooded = new WeakSet<ServerSocket<unknown>>();

/**
 * Sends 32 MiB: waits for `drain` whenever `send` returns false, and says at the end how often that was, and how much has
 * waited at the most. Asked again meanwhile, it goes on with the first.
 */
export function flood(ws: ServerSocket<unknown>): void {
  if (flooded.has(ws)) return;
  flooded.add(ws);
  let sent = 0;
  let pauses = 0;
  let mostWaiting = 0;
  const sendOn = (): void => {
    while (sent < CHUNKS) {
      sent++;
      const mayGoOn = ws.send(CHUNK);
      mostWaiting = Math.max(mostWaiting, ws.bufferedAmount);
      if (mayGoOn) continue;
      pauses++;
      return;
    }
    ws.off('drain', sendOn);
    flooded.delete(ws);
    say(ws, { type: 'flood-over', pauses, mostWaiting });
  };
  say(ws, { type: 'flood', bytes: CHUNK.byteLength * CHUNKS });
  ws.on('drain', sendOn);
  sendOn();
}

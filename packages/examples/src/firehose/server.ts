/**
 * A server that sends more than everybody can read. What waits for a client is bounded by `maxBufferedAmount`; what happens
 * to a message too many is up to the path: on `/drop` the client misses it, on `/close` the client is closed.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { WebSocketServer } from '@ws/websocket';

const SAMPLE = 16 << 10;
const SAMPLES = 2000;

/** Starts the server; close it, and the connections to it, to stop. */
export function startFirehose(port: number): Server {
  const server = createServer((_, response) => response.writeHead(404).end());

  const firehose = new WebSocketServer({
    server,
    path: '/:slowReader',
    maxBufferedAmount: 1 << 20,
    upgrade({ params }) {
      const slowReader = params.slowReader === 'close' ? 'close' : 'drop';
      return { topics: ['samples'], options: { slowReader } };
    },
  });

  /** Sends as fast as the event loop turns, and waits for nobody. */
  async function sendSamples(): Promise<void> {
    let most = 0;
    for (let count = 0; count < SAMPLES; count++) {
      firehose.publish('samples', Buffer.alloc(SAMPLE));
      for (const ws of firehose.clients) most = Math.max(most, ws.bufferedAmount);
      await setImmediate();
    }
    for (const ws of firehose.clients) {
      if (ws.readyState !== ws.OPEN) continue;
      const { pathname, search } = new URL(ws.url);
      console.log(`${pathname}${search}: ${ws.droppedMessages} of ${SAMPLES} dropped`);
      ws.close(1000, 'that was all');
    }
    console.log(`never more than ${most >> 10} KiB waited for a client`);
  }

  /** Begins when three clients are there. */
  firehose.on('connection', () => {
    if (firehose.clients.size === 3) void sendSamples();
  });

  return server.listen(port);
}

/** A client that reads at once, and two that do not. */
import { once } from 'node:events';
import WebSocket from '@ws/websocket';
import { show } from '../support/show';
import { startFirehose } from './server';

/** Reads at once. */
async function readFast(url: string): Promise<string> {
  const ws = new WebSocket(new URL('/drop?fast', url));
  return countUntilClosed(ws);
}

/** Reads nothing until the server has sent everything. */
async function readSlowly(url: string, path: string, sent: Promise<unknown>): Promise<string> {
  const ws = new WebSocket(new URL(path, url));
  await once(ws, 'open');
  ws.pause();
  void sent.then(() => ws.resume());
  return countUntilClosed(ws);
}

async function countUntilClosed(ws: WebSocket): Promise<string> {
  let received = 0;
  ws.on('message', () => received++);
  const { code, reason } = await ws.closed;
  return `received ${received}, closed with ${code} ${reason}`;
}

show(startFirehose, async (url) => {
  const fast = readFast(url);
  const slow = ['/drop', '/close'].map((path) => readSlowly(url, path, fast));
  console.log('the fast reader', await fast);
  console.log('the slow reader of /drop', await slow[0]);
  console.log('the slow reader of /close', await slow[1]);
});

/** Clients of other implementations get what is published, broadcast and sent, in order; and the counters are right. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket as Undici } from 'undici';
import { WebSocket as Ws } from 'ws';
import type { DeflateOptions } from '@ws/permessage-deflate';
import type { ServerSocket } from '@ws/server';
import { expectHeard, takeNotes } from '../support/audience';
import { releaseLater } from '../support/release';
import { connectionOf, serve } from '../support/toolkit';

type NoteTaker = Exclude<Parameters<typeof takeNotes>[0], string>;

function dialWs(url: string, perMessageDeflate: boolean): void {
  const ws = new Ws(url, { perMessageDeflate });
  releaseLater(() => ws.terminate());
  takeNotes(ws as unknown as NoteTaker);
}

function dialUndici(url: string): void {
  takeNotes(new Undici(url) as unknown as NoteTaker);
}

/** Node's own class, which older versions have by a flag. */
function dialNode(url: string): void {
  const script = `(${takeNotes.toString()})(${JSON.stringify(url)})`;
  const child = spawn(process.execPath, ['--experimental-websocket', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  releaseLater(() => child.kill());
}

const DIALS: ((url: string) => void)[] = [
  (url) => dialWs(url, false),
  (url) => dialWs(url, true),
  dialUndici,
  dialNode,
];

test.each<[string, boolean | DeflateOptions, boolean[]]>([
  ['none', false, [false, false, false]],
  ['by default', true, [false, true, true]],
  [
    'of all, with context takeover',
    { threshold: 0, serverNoContextTakeover: false, clientNoContextTakeover: false },
    [false, true, true],
  ],
])('compression: %s', async (_, deflate, compressed) => {
  const { chat, url } = await serve({ deflate, upgrade: () => ({ topics: ['room'] }) });
  const members: ServerSocket[] = [];
  for (const dial of DIALS) {
    const connection = connectionOf(chat);
    dial(url);
    members.push(await connection);
  }
  const agreed = members.map(({ extensions }) => extensions !== '');
  expect(agreed.slice(0, compressed.length)).toEqual(compressed); // of Node's own it depends on the version
  await expectHeard(chat, members);
});

test('what a slow client of ws has not received was counted as dropped, all else as sent', async () => {
  const { chat, url } = await serve({ slowReader: 'drop', maxBufferedAmount: 1 << 20 });
  const connection = connectionOf(chat);
  const client = new Ws(url);
  releaseLater(() => client.terminate());
  await once(client, 'open'); // before that it does not pause
  let received = 0;
  client.on('message', () => received++);
  const ws = await connection;
  client.pause();
  const [message, total] = [Buffer.alloc(65_536), { sent: 0, dropped: 0 }];
  while (total.dropped < 10) {
    const { sent, dropped } = chat.broadcast(message);
    total.sent += sent;
    total.dropped += dropped;
    await new Promise(setImmediate);
  }
  client.resume();
  await ws.roundTrip();
  expect(received).toBe(total.sent);
  expect(chat.stats()).toMatchObject({
    messagesSent: total.sent,
    bytesSent: total.sent * message.length,
    messagesDropped: total.dropped,
  });
});

/** Broadcasts to clients that compress in every way, between messages of their own. */
import { prepare } from '@ws/server';
import type { ServerSocket } from '@ws/server';
import { WebSocket as Ws } from 'ws';
import { releaseLater } from '../support/release';
import { connectionOf, serve } from '../support/toolkit';

const KINDS = [
  false,
  true,
  { serverNoContextTakeover: true, clientNoContextTakeover: true },
  { serverMaxWindowBits: 10 },
] as const;
const words = (length: number, seed: string): string => `${seed} words `.repeat(length / 8);

test.each([true, false])('clients of ws, takeover by the server: %s', async (takeover) => {
  const { chat, url } = await serve({
    deflate: { threshold: 0, serverNoContextTakeover: !takeover },
  });
  const received: string[][] = [];
  const members: ServerSocket[] = [];
  for (const perMessageDeflate of KINDS) {
    const connection = connectionOf(chat);
    const client = new Ws(url, { perMessageDeflate });
    releaseLater(() => client.terminate());
    const messages: string[] = [];
    client.on('message', (data: Buffer) => messages.push(String(data)));
    received.push(messages);
    members.push(await connection);
  }
  const all = ['short', words(2000, 'a'), words(40_000, 'b'), 'behind', words(2000, 'a')];
  const prepared = prepare(words(3000, 'c'));
  for (const text of all) {
    chat.broadcast(text);
    for (const [index, ws] of members.entries()) ws.send(`to ${index}: ${text}`);
    chat.broadcast(prepared);
  }
  const count = 3 * all.length;
  while (received.some(({ length }) => length < count)) await new Promise(setImmediate);
  for (const [index, messages] of received.entries()) {
    expect(messages).toEqual(
      all.flatMap((text) => [text, `to ${index}: ${text}`, words(3000, 'c')]),
    );
  }
});

/** Compressed messages in parts, to and from other implementations. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import WebSocket from '../src';
import { SERVERS } from './support/deflating-peers';
import { releaseLater } from './support/release';
import { listen } from './support/test-server';

const WISHES = [true, false].map((forgets) => ({
  serverNoContextTakeover: forgets,
  clientNoContextTakeover: forgets,
}));
const CASES = WISHES.flatMap((wish) => SERVERS.map((server) => ({ ...server, wish })));

const LINES = Array.from({ length: 3000 }, (_, id) => `{"id":${id},"name":"é €𝄞"}\n`);
const TEXT = LINES.join('');
const BYTES = Buffer.from(TEXT);

/** Cut within characters. */
function* parts(): Generator<Buffer> {
  for (
    let at = 0, length = 1;
    at < BYTES.byteLength;
    at += length, length = (length * 3) % 30_011
  ) {
    yield BYTES.subarray(at, at + length);
  }
}

function dial(port: number, deflate: object): WebSocket {
  const ws = new WebSocket(`ws://127.0.0.1:${port}`, [], { deflate });
  releaseLater(() => ws.terminate());
  return ws;
}

test.each(CASES)(
  '$name echoes what we send in parts, and whole; no takeover: $wish.serverNoContextTakeover',
  async ({ serve, wish }) => {
    const ws = dial(await serve(wish), { ...wish, threshold: 0 });
    const sent = [
      ws.sendStream(parts(), { text: true }),
      ws.sendStream(parts()),
      ws.sendStream(parts(), { compress: false }),
    ];
    ws.send(TEXT);
    const messages = ws.messages();
    for (const type of ['text', 'binary', 'binary', 'text']) {
      const { value: message } = await messages.next();
      expect(message!.type).toBe(type);
      expect(BYTES.equals(await message!.bytes())).toBe(true);
    }
    await Promise.all(sent);
  },
);

test.each(WISHES)('we restore what ws sends in fragments: %p', async (wish) => {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: { ...wish, threshold: 0 },
  });
  server.on('connection', (peer) => {
    for (const binary of [false, true]) {
      for (const part of parts()) peer.send(part, { fin: false, compress: true, binary });
      peer.ping();
      peer.send('', { fin: true, compress: true, binary });
    }
    peer.send(TEXT, { compress: true });
  });
  const ws = dial(await listen(http), wish);
  const messages = ws.messages();
  for (const type of ['text', 'binary', 'text']) {
    const { value: message } = await messages.next();
    expect(message!.type).toBe(type);
    expect(BYTES.equals(await message!.bytes())).toBe(true);
  }
});

/** One end of the connection that a long message passes through; the other is in another process. */
import { answerCalls } from '@ws/child-process';
import WebSocket from '@ws/websocket';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MemoryWatch, type Growth } from './memory-watch';

export interface StreamCalls {
  /** Starts listening for the other end, and resolves with the port. */
  listen(deflate: boolean): Promise<number>;
  /** Connects to the other end. */
  dial(port: number, deflate: boolean): Promise<void>;
  /** Sends one message of about `length` bytes, and resolves with its digest. */
  send(length: number, text: boolean): Promise<string>;
  /** Reads one message, and resolves with its digest. */
  receive(): Promise<string>;
  watchMemory(): Promise<void>;
  memoryGrowth(): Promise<Growth>;
}

const CHUNK_LENGTH = 65_536;

let ws: WebSocket;
let messages: ReturnType<WebSocket['messages']> | undefined;
let watch: MemoryWatch;

answerCalls<StreamCalls>({
  async listen(deflate) {
    const server = createServer();
    server.once('upgrade', (request, socket, head) => {
      ws = new WebSocket(request, socket, head, [], { deflate });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
  async dial(port, deflate) {
    ws = new WebSocket(`ws://127.0.0.1:${port}/`, [], { deflate });
    await ws.opened;
  },
  async send(length, text) {
    const digest = createHash('sha1');
    await ws.sendStream(chunks(length, digest), { text });
    return digest.digest('hex');
  },
  async receive() {
    messages ??= ws.messages();
    const { value: message } = await messages.next();
    const digest = createHash('sha1');
    for await (const chunk of message!) digest.update(chunk);
    return digest.digest('hex');
  },
  async watchMemory() {
    watch = await MemoryWatch.start();
  },
  memoryGrowth: () => watch.stop(),
});

/** Numbered lines of text, as bytes that are cut wherever a chunk ends, inside of characters too. */
function* chunks(length: number, digest: { update(data: Uint8Array): unknown }): Generator<Buffer> {
  const lines = Array.from({ length: 4000 }, (_, i) => `${(i * 7919) % 4001}: für 100 € 🙂\n`);
  const text = Buffer.from(lines.join(''));
  const twice = Buffer.concat([text, text]);
  const whole = Math.ceil(length / text.length) * text.length;
  for (let at = 0; at < whole; at += CHUNK_LENGTH) {
    const from = at % text.length;
    const chunk = twice.subarray(from, from + Math.min(CHUNK_LENGTH, whole - at));
    digest.update(chunk);
    yield chunk;
  }
}

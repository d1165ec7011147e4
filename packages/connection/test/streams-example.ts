import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { proxy } from '@ws/connection';
import type { MessageData, WebSocket } from '@ws/connection';

/** Sends back whatever comes, as fast as the peer reads. */
export function echo(ws: WebSocket): void {
  ws.pipe(ws);
}

/** Reads messages until `last` or the end; leaving the loop closes the connection. */
export async function readUntil(ws: WebSocket, last: MessageData): Promise<MessageData[]> {
  const messages: MessageData[] = [];
  for await (const message of ws) {
    messages.push(message);
    if (message === last) break;
  }
  return messages;
}

/** Writes the bytes of the next message to `output`, as they come, and leaves what follows to listeners. */
export async function downloadOne(ws: WebSocket, output: Writable): Promise<void> {
  for await (const message of ws.messages()) {
    await pipeline(message, output);
    break;
  }
}

/** Sends a file as binary messages, then closes; done when the peer has confirmed. */
export async function upload(ws: WebSocket, path: string): Promise<void> {
  await pipeline(createReadStream(path), ws.stream());
}

/** Writes the bytes of all messages to `output`; rejected when the connection breaks. */
export async function download(ws: WebSocket, output: Writable): Promise<void> {
  await pipeline(ws.stream(), output);
}

/** The same as `echo`, with the streams of the web. */
export async function webEcho(ws: WebSocket): Promise<void> {
  const { readable, writable } = ws.webStreams();
  await readable.pipeTo(writable);
}

/** Sends to each of the two what comes from the other; done when both have ended: whether both were closed. */
export async function relay(ws: WebSocket, upstream: WebSocket): Promise<boolean> {
  const endings = await proxy(ws, upstream);
  return endings.ws.wasClean && endings.upstream.wasClean;
}

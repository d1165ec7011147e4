/** Messages in fragments, and the reading of them by `ws.messages()`. */
import { OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import type { WebSocket } from '../src/api/websocket';
import type { ReadableMessage } from '../src/streams/readable-message';

export type Reader = AsyncIterableIterator<ReadableMessage, undefined>;

const { TEXT, BINARY, CONTINUATION, CLOSE } = OPCODE;
/** A text in one frame. */
export function text(payload: string): OutgoingFrame {
  return { opcode: TEXT, payload };
}
/** The first fragment of a message. */
export function first(payload: string | Uint8Array): OutgoingFrame {
  return { opcode: typeof payload === 'string' ? TEXT : BINARY, payload, fin: false };
}

/** One in the middle. */
export function middle(payload: string | Uint8Array): OutgoingFrame {
  return { opcode: CONTINUATION, payload, fin: false };
}

/** The last one. */
export function last(payload: string | Uint8Array): OutgoingFrame {
  return { opcode: CONTINUATION, payload };
}

/** A closing frame with 1000. */
export const closing: OutgoingFrame = { opcode: CLOSE, payload: Buffer.of(3, 232) };

/** A message as a list of its chunks. */
export async function chunksOf(message: ReadableMessage): Promise<(string | Buffer)[]> {
  const chunks: (string | Buffer)[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return chunks;
}

/** All messages until the end, as types and chunks. */
export async function readAll(ws: WebSocket): Promise<unknown[]> {
  const messages: unknown[] = [];
  for await (const message of ws.messages()) messages.push([message.type, await chunksOf(message)]);
  return messages;
}

/** The next message; fails the test if there is none. */
export async function nextOf(reader: Reader): Promise<ReadableMessage> {
  const { value } = await reader.next();
  if (value === undefined) throw new Error('there is no further message');
  return value;
}

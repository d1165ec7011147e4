/**
 * What the demo's server says. To any client: everything it receives, unchanged. To a client of the
 * `demo` subprotocol: bytes unchanged, while texts are JSON, so that the page can learn what a
 * browser does not tell it.
 *
 *     page → server                         server → page
 *                                           { "type": "hello", "version": "hybi-13" }   once, first
 *     { "type": "text", "text": "…" }       { "type": "text", "text": "…" }             the echo
 *     { "type": "probe", "id": 1 }          { "type": "probe", "id": 1 }                at once
 *
 * The page takes the time between a probe and its answer for the round trip.
 */
import type WebSocket from '@ws/websocket';
import type { MessageData } from '@ws/websocket';

/** The subprotocol of the page. */
export const DEMO_PROTOCOL = 'demo';

/** What is sent to a client that says what the subprotocol does not have: "unsupported data". */
const UNSUPPORTED = 1003;

/** Has the conversation on a connection that is about to open. */
export function converse(ws: WebSocket): void {
  ws.on('open', () => {
    if (ws.protocol === DEMO_PROTOCOL) say(ws, { type: 'hello', version: ws.version });
  });
  ws.on('message', ({ data }) => {
    if (ws.protocol === DEMO_PROTOCOL && typeof data === 'string') answer(ws, data);
    else ws.send(data as EchoableData);
  });
}

/** A binary message is a Buffer: `binaryType` stays what it is. */
type EchoableData = Exclude<MessageData, Blob>;

function answer(ws: WebSocket, data: string): void {
  const message = parsed(data);
  if (message === null) {
    ws.close(UNSUPPORTED, 'not a message of the demo subprotocol');
    return;
  }
  say(ws, message);
}

function say(ws: WebSocket, message: Message): void {
  ws.send(JSON.stringify(message));
}

type Message = Hello | Text | Probe;

interface Hello {
  readonly type: 'hello';
  readonly version: string;
}

interface Text {
  readonly type: 'text';
  readonly text: string;
}

interface Probe {
  readonly type: 'probe';
  readonly id: number;
}

/** A message that a page may send, without anything that does not belong to it; else null. */
function parsed(data: string): Text | Probe | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { type, text, id } = value as Partial<Record<string, unknown>>;
  if (type === 'text' && typeof text === 'string') return { type, text };
  if (type === 'probe' && typeof id === 'number') return { type, id };
  return null;
}

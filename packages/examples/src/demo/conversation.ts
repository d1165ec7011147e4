/**
 * What the demo's server says. To any client: everything it receives, unchanged. To a client of the
 * `demo` subprotocol: bytes unchanged, while texts are JSON, so that the page can learn what a
 * browser does not tell it.
 *
 *     page → server                         server → page
 *                                           { "type": "hello", "version": "hybi-13" }   once, first
 *     { "type": "text", "text": "…" }       { "type": "text", "text": "…" }             the echo
 *     { "type": "ping" }                    { "type": "round-trip", "milliseconds": 0.4 }
 *
 * A page cannot ping; the server does it when the page asks, and says how long the answer took.
 */
import type WebSocket from '@ws/websocket';

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
    else ws.send(data);
  });
}

function answer(ws: WebSocket, data: string): void {
  const message = parsed(data);
  if (message === null) {
    ws.close(UNSUPPORTED, 'not a message of the demo subprotocol');
    return;
  }
  if (message.type === 'text') say(ws, message);
  else void measure(ws);
}

async function measure(ws: WebSocket): Promise<void> {
  try {
    say(ws, { type: 'round-trip', milliseconds: await ws.roundTrip() });
  } catch {
    // The page has gone: nobody is left to tell.
  }
}

function say(ws: WebSocket, message: Message): void {
  ws.send(JSON.stringify(message));
}

type Message = Hello | Text | RoundTrip;

interface Hello {
  readonly type: 'hello';
  readonly version: string;
}

interface Text {
  readonly type: 'text';
  readonly text: string;
}

interface Ping {
  readonly type: 'ping';
}

interface RoundTrip {
  readonly type: 'round-trip';
  readonly milliseconds: number;
}

/** A message that a page may send, without anything that does not belong to it; else null. */
function parsed(data: string): Text | Ping | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { type, text } = value as Partial<Record<string, unknown>>;
  if (type === 'text' && typeof text === 'string') return { type, text };
  if (type === 'ping') return { type };
  return null;
}

/** Messages that are JSON texts, as both subprotocols of the demo have them: objects with a `type`. */
import type { ServerSocket } from '@ws/websocket';

/** What is sent to a client that says what the subprotocol does not have: "unsupported data". */
const UNSUPPORTED = 1003;

export interface Message {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** The object in a text; null if there is none. */
export function objectIn(data: string): Partial<Record<string, unknown>> | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  return typeof value === 'object' && value !== null ? value : null;
}

export function say(ws: ServerSocket<unknown>, message: Message): void {
  ws.send(JSON.stringify(message));
}

/** Ends a conversation that has left the subprotocol. */
export function endUnsupported(ws: ServerSocket<unknown>, subprotocol: string): void {
  ws.close(UNSUPPORTED, `not a message of the ${subprotocol} subprotocol`);
}

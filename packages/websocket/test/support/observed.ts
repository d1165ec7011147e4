/** What a WebSocket is heard saying. */
import type {
  AnyMessageData,
  BinaryType,
  CloseEvent,
  WebSocket as Connection,
  WebSocketEventMap,
} from '@ws/connection';

/** With whatever `binaryType`. */
type WebSocket = Connection<BinaryType>;
type EventMap = WebSocketEventMap<BinaryType>;

/** How a connection ended, as its `close` event tells. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** The next event of a type. */
export function nextEvent<Type extends keyof EventMap>(
  ws: WebSocket,
  type: Type,
): Promise<EventMap[Type]> {
  return new Promise((resolve) => ws.once(type, resolve));
}

/** How the connection ends. */
export async function endingOf(ws: WebSocket): Promise<Ending> {
  return endingIn(await nextEvent(ws, 'close'));
}

/** The data of the next message. */
export async function messageOf(ws: WebSocket): Promise<AnyMessageData> {
  return (await nextEvent(ws, 'message')).data;
}

/** Sends every message back; gives the same WebSocket. */
export function echoing<Made extends WebSocket>(ws: Made): Made {
  ws.on('message', ({ data }) => ws.send(data));
  return ws;
}

export interface History {
  /** `open`, `message …`, `error CODE`, `close CODE`, in the order in which they came. */
  readonly events: readonly string[];
  readonly errors: readonly Error[];
  /** Resolved after the `close` event, a turn of the event loop later: nothing may follow it. */
  readonly closed: Promise<Ending>;
}

/** A WebSocket together with what it has been heard saying. */
export interface Observed<Made extends WebSocket> extends History {
  readonly ws: Made;
}

/** Listens to everything from now on. */
export function observed<Made extends WebSocket>(ws: Made): Observed<Made> {
  const events: string[] = [];
  const errors: Error[] = [];
  ws.on('open', () => events.push('open'));
  ws.on('message', ({ data }) => events.push(`message ${data as string}`));
  ws.on('error', ({ error }) => {
    errors.push(error);
    events.push(`error ${codeOf(error)}`);
  });
  const closed = new Promise<Ending>((resolve) => {
    ws.on('close', (event) => {
      events.push(`close ${event.code}`);
      setImmediate(() => setImmediate(() => resolve(endingIn(event))));
    });
  });
  return { ws, events, errors, closed };
}

/** An error's `code`, or what there is instead. */
export function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}

function endingIn({ code, reason, wasClean }: CloseEvent): Ending {
  return { code, reason, wasClean };
}

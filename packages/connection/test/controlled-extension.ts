/**
 * An extension whose work takes as long as the test says: messages that begin with `~` are held until
 * they are released, those that begin with `!` throw, all others pass at once. It marks what goes out
 * by RSV1 and takes the mark off what comes in; the payloads stay as they are.
 */
import { Pipeline } from '@ws/extensions';
import type {
  Awaitable,
  ExtensionMessage,
  ExtensionSession,
  OutgoingMessage,
} from '@ws/extensions';
import type { ConnectionOptions } from '../src/options';
import type { WebSocket } from '../src/api/websocket';
import type { Side } from './duplex-pair';
import { ENDS, Joined, record } from './memory-opening';

type End = (typeof ENDS)[number];

/** A message that takes time. */
export interface Held {
  readonly text: string;
  release(): void;
  fail(error: unknown): void;
}

export const RSV1 = 4;
export const REFUSAL: Error = new Error('the extension refuses this');

export class ControlledSession implements ExtensionSession {
  /** What is being worked on; released messages stay in it. */
  readonly held: Held[] = [];
  /** All that went through, either way. */
  readonly seen: string[] = [];
  /** What outgoing messages said of compression. */
  readonly compress: boolean[] = [];
  closes = 0;

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    const { opcode, data } = message;
    this.compress.push(message.compress);
    return this.work({ opcode, data, rsv: RSV1 });
  }

  processIncoming({ opcode, data }: ExtensionMessage): Awaitable<ExtensionMessage> {
    return this.work({ opcode, data, rsv: 0 });
  }

  close(): void {
    this.closes++;
  }

  /** The message that is being worked on. */
  get current(): Held {
    const current = this.held.at(-1);
    if (current === undefined) throw new Error('nothing is held');
    return current;
  }

  private work(message: ExtensionMessage): Awaitable<ExtensionMessage> {
    const text = Buffer.from(message.data).toString();
    this.seen.push(text);
    if (text.startsWith('!')) throw REFUSAL;
    if (!text.startsWith('~')) return message;
    return new Promise((resolve, fail) => {
      this.held.push({ text, release: () => resolve(message), fail });
    });
  }
}

/** Lets everything pass, with the same mark. */
class PassingSession extends ControlledSession {
  override processOutgoing({ opcode, data }: OutgoingMessage): ExtensionMessage {
    return { opcode, data, rsv: RSV1 };
  }

  override processIncoming({ opcode, data }: ExtensionMessage): ExtensionMessage {
    return { opcode, data, rsv: 0 };
  }
}

/** An open connection, seen from one end, whose extension is under control; its peer's lets all pass. */
export interface Extended {
  readonly joined: Joined;
  readonly session: ControlledSession;
  readonly ws: WebSocket;
  readonly side: Side;
  readonly events: unknown[][];
  readonly peer: WebSocket;
  readonly peerName: End;
  readonly peerEvents: unknown[][];
}

export function extended(
  end: End,
  options: ConnectionOptions = {},
  session: ControlledSession = new ControlledSession(),
): Extended {
  const peerName = end === 'client' ? 'server' : 'client';
  const joined = new Joined('hybi-13', options, {
    [end]: new Pipeline([session], RSV1),
    [peerName]: new Pipeline([new PassingSession()], RSV1),
  });
  const [ws, peer] = [joined[end], joined[peerName]];
  joined.open();
  const [events, peerEvents] = [record(ws), record(peer)];
  const side = joined[`${end}Side`];
  return { joined, session, ws, side, events, peer, peerName, peerEvents };
}

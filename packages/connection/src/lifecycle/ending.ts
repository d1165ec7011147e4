import type { CloseDeadline } from './close-deadline';
import { ConnectionError } from './connection-error';
import type { WebSocketError } from './websocket-error';
import type { CloseStatus, ConnectionProtocol } from '../protocol/connection-protocol';

/**
 * Who began the end of a connection: this application, the peer by its closing frame, the network,
 * a deadline, or a breach of the protocol.
 */
export type Initiator = 'local' | 'remote' | 'network' | 'timeout' | 'protocol';

/** What there is to know about the end of a connection. */
export interface Ending {
  /** The code received; 1005 if the peer gave none, 1006 if it sent no closing frame at all. */
  readonly code: number;
  /** The reason received. */
  readonly reason: string;
  /** Whether both sides sent their closing frame. */
  readonly wasClean: boolean;
  /** Who began the end. */
  readonly initiator: Initiator;
  /** What went wrong; null if nothing did before both sides had sent their closing frame. */
  readonly cause: WebSocketError | null;
  /** The closing frame that was sent, if any. */
  readonly sent: CloseStatus | null;
  /** The closing frame that was received, if any. */
  readonly received: CloseStatus | null;
}

/** Who is told of what goes wrong. */
interface ErrorListener {
  error(error: Error): void;
}

/** Who is told of it. */
export interface EndingListener {
  /** The last thing that happens; called once. */
  ended(ending: Ending): void;
}

const ABNORMAL_CLOSURE: CloseStatus = { code: 1006, reason: '' };

/** Who began the end of a live connection, and the first thing that went wrong. */
export class EndingRecord {
  /** Whether an error event has told of it. */
  errorReported = false;
  /** What is to be told when the call that it came from has returned, or before `close`. */
  untoldError: Error | null = null;
  /** The application has asked for a closing handshake, which waits for what was sent before. */
  closeRequested = false;
  /** Messages are wanted until the peer's closing frame. */
  readsOn = false;
  /** The stream is gone, but the application has yet to take messages that came before. */
  closeWaits = false;
  /** Bounds how long it may take; null before it counts. */
  deadline: CloseDeadline | null = null;
  /** What the stream ended with. */
  streamError: Error | null = null;
  private initiator: Initiator | null = null;
  private firstCause: Error | null = null;
  private cause: Error | null = null;

  /** Whether it is known who began. */
  get hasBegun(): boolean {
    return this.initiator !== null;
  }

  /** Something happens that ends the connection, or would have if it were not ending already. */
  note(initiator: Initiator, cause: Error | null): this {
    if (this.initiator === null) {
      this.initiator = initiator;
      this.firstCause = cause;
    }
    this.cause ??= cause;
    return this;
  }

  /** Tells of what ends the connection: of the first such error only. */
  report(error: Error, listener: ErrorListener): void {
    if (this.errorReported) return;
    this.errorReported = true;
    listener.error(error);
  }

  /** What is to be said of it in the end. */
  conclude(protocol: ConnectionProtocol): Ending {
    const initiator = this.initiator ?? (protocol.wasClean ? 'remote' : 'network');
    return new LiveEnding(protocol, initiator, protocol.wasClean ? this.firstCause : this.cause);
  }
}

class LiveEnding implements Ending {
  readonly wasClean: boolean;
  readonly initiator: Initiator;
  readonly sent: CloseStatus | null;
  readonly received: CloseStatus | null;
  private knownCause: Error | null;

  constructor(protocol: ConnectionProtocol, initiator: Initiator, cause: Error | null) {
    this.wasClean = protocol.wasClean;
    this.initiator = initiator;
    this.sent = protocol.closeSent;
    this.received = protocol.closeReceived;
    this.knownCause = cause;
  }

  get code(): number {
    return this.received?.code ?? ABNORMAL_CLOSURE.code;
  }

  get reason(): string {
    return this.received?.reason ?? ABNORMAL_CLOSURE.reason;
  }

  /** An error costs more than all the rest of an ending: the usual one is made when somebody looks. */
  get cause(): WebSocketError | null {
    if (this.wasClean) return this.knownCause;
    return (this.knownCause ??= new ConnectionError('WS_ERR_NO_CLOSING_FRAME'));
  }
}

/** An ending as an object that has nothing but what there is to know. */
export function toldOf({
  code,
  reason,
  wasClean,
  initiator,
  cause,
  sent,
  received,
}: Ending): Ending {
  return { code, reason, wasClean, initiator, cause, sent, received };
}

/** The end of a connection that was never open. */
export function failedOpening(cause: Error, aborted: boolean): Ending {
  return {
    ...ABNORMAL_CLOSURE,
    wasClean: false,
    initiator: aborted ? 'local' : initiatorOf(cause),
    cause,
    sent: null,
    received: null,
  };
}

function initiatorOf(error: Error & { code?: unknown }): Initiator {
  if (error.code === 'WS_ERR_HANDSHAKE_TIMEOUT') return 'timeout';
  if (error.code === 'WS_ERR_CLIENT_GONE') return 'network';
  return String(error.code).startsWith('WS_ERR_') ? 'protocol' : 'network';
}

/**
 * Every deadline of a connection, on one page. All of them run on the wheel that connections share, and
 * are judged when sockets have been read once more after the time was over.
 */
import type { ConnectionErrorCode } from './connection-error';
import { sharedWheel, type Slot, type Timed } from '../support/timer-wheel';

/** One row of the table. */
export interface DeadlineRow {
  /** The option that says how long. */
  readonly option: string;
  /** What its time begins with, and begins anew with. */
  readonly from: string;
  /** What happens when it has passed. */
  readonly then: string;
  /** The code of the error that tells of it, if the connection fails by it. */
  readonly error: ConnectionErrorCode | null;
}

export type DeadlineName =
  'handshake' | 'refusal' | 'ping' | 'pong' | 'idle' | 'unheard' | 'close' | 'probe';

export const DEADLINES: Readonly<Record<DeadlineName, DeadlineRow>> = {
  handshake: {
    option: 'handshakeTimeout',
    from: 'dialling; on a server, the answer, or the wait for the rest of the request',
    then: 'the opening handshake fails',
    error: 'WS_ERR_HANDSHAKE_TIMEOUT',
  },
  refusal: {
    option: 'none: a second',
    from: 'on a client, the head of an answer that opens nothing',
    then: 'the opening handshake fails, with what has come of the body',
    error: null,
  },
  ping: {
    option: 'ping or pingInterval',
    from: 'the last bytes received',
    then: 'a ping is sent',
    error: null,
  },
  pong: {
    option: 'pingTimeout',
    from: 'the ping; anew while bytes move, or nothing is read',
    then: 'the connection ends',
    error: 'WS_ERR_PING_TIMEOUT',
  },
  idle: {
    option: 'idleTimeout',
    from: 'the last message; anew while the bytes of one move, or the application has paused',
    then: 'the connection ends',
    error: 'WS_ERR_IDLE_TIMEOUT',
  },
  unheard: {
    option: 'unheardTimeout',
    from: 'the first message that nobody listens to',
    then: 'such messages are dropped, until somebody listens',
    error: null,
  },
  close: {
    option: 'closeTimeout',
    from: 'close(), the first closing frame, or the end of the stream; anew while bytes that it waits for move, or are not read',
    then: 'the connection ends, whatever is left',
    error: 'WS_ERR_CLOSE_TIMEOUT',
  },
  probe: {
    option: 'half of closeTimeout',
    from: 'pause(); anew while it lasts',
    then: 'an empty pong is sent, which finds a dead peer',
    error: null,
  },
};

/** A deadline of an opening handshake, or of anything else that has no other. */
export class Deadline implements Timed {
  slot: Slot | null = null;
  private readonly action: () => void;

  /** @param action called when the time is over */
  constructor(action: () => void) {
    this.action = action;
  }

  /** Begins, or begins anew. @param delay milliseconds */
  start(delay: number): void {
    sharedWheel.set(this, delay);
  }

  stop(): void {
    sharedWheel.clear(this);
  }

  onDeadline(): void {
    this.action();
  }
}

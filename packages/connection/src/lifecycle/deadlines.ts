/**
 * Every deadline of a connection, on one page. All of them run on the wheel that connections share, and
 * are judged when sockets have been read once more after the time was over.
 */
import type { ConnectionErrorCode } from './connection-error';
import { sharedWheel, type Slot } from '../support/timer-wheel';

/** One row of the table. */
export interface DeadlineRow {
  /** The option that says how long. */
  readonly option: string;
  /** What starts its time, and what starts it again. */
  readonly from: string;
  /** What happens when it has passed. */
  readonly then: string;
  /** The code of the error, if the connection fails by it. */
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
    from: 'on a client, the head of an answer that refuses the upgrade',
    then: 'the opening handshake fails, with the part of the body that was received',
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
    from: 'the ping; again while bytes move, or while nothing is read',
    then: 'the connection ends',
    error: 'WS_ERR_PING_TIMEOUT',
  },
  idle: {
    option: 'idleTimeout',
    from: 'the last message; again while the bytes of a message move, or while the application has paused',
    then: 'the connection ends',
    error: 'WS_ERR_IDLE_TIMEOUT',
  },
  unheard: {
    option: 'unheardTimeout',
    from: 'the first message without a listener',
    then: 'such messages are dropped, until there is a listener',
    error: null,
  },
  close: {
    option: 'closeTimeout',
    from: 'close(), the first closing frame, or the end of the stream; again while the bytes that it waits for move, or are not read',
    then: 'the connection ends, and what is left is lost',
    error: 'WS_ERR_CLOSE_TIMEOUT',
  },
  probe: {
    option: 'half of closeTimeout',
    from: 'pause(); again while the pause lasts',
    then: 'an empty pong is sent, which finds a dead peer',
    error: null,
  },
};

/** A deadline of an opening handshake, or of anything else that has no other. */
export class Deadline {
  /** @hidden the wheel's, which keeps it */
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

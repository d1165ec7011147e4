import type { AnyMessageData } from '../receiving/message-data';
import type { Ending } from './ending';

/**
 * Who is told what happens on a connection: the face that applications hold, as the connection below
 * it sees it. What listeners throw does not come back.
 */
export interface Dispatcher {
  /** What applications hold. */
  readonly target: object | null;
  /** Whether anybody listens for messages. */
  readonly isHeard: boolean;
  open(): void;
  /** @returns whether anybody listens */
  message(data: AnyMessageData): boolean;
  /** One has come. @param data valid during the call only */
  control(type: 'ping' | 'pong', data: Uint8Array): void;
  /** One is in the outbox. @param byteLength of its payload */
  controlSent(type: 'ping' | 'pong', byteLength: number): void;
  drain(): void;
  error(error: Error): void;
  /** The last that there is to tell. */
  closed(ending: Ending): void;
  /** Calls back, once, when the next listener for messages has been added; null: no more. */
  whenListened(action: (() => void) | null): void;
}

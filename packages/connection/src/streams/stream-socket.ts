/**
 * What the stream faces need of a WebSocket. They depend on this and not on the class, which depends
 * on them.
 */
import type { BinaryType } from '../api/binary-type';
import type { AnyMessageData } from '../receiving/message-data';
import type { SendData } from '../api/send-data';
import type { ReadyState } from '../protocol/closing';

/** A WebSocket, from below. */
export interface StreamSocket {
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  readonly readyState: ReadyState;
  /** Fulfilled behind the event `close`. */
  readonly closed: Promise<unknown>;
  readonly binaryType: BinaryType;
  on(type: 'message', listener: MessageListener): unknown;
  on(type: 'close', listener: CloseListener): unknown;
  once(type: 'close', listener: CloseListener): unknown;
  off(type: 'message', listener: MessageListener): unknown;
  off(type: 'close', listener: CloseListener): unknown;
  pause(): void;
  resume(): void;
  send(data: SendData, callback: (error: Error | null) => void): boolean;
  close(code?: number, reason?: string): void;
  terminate(): void;
}

export type MessageListener = (event: { readonly data: AnyMessageData }) => void;
export type CloseListener = (event: { readonly cause: Error | null }) => void;

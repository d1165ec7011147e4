/** What a sender has around it: the connection, and where bytes go. */
import type { Observed } from '../diagnostics/observed';
import type { ConnectionError } from '../lifecycle/connection-error';
import type { KeepAlive } from '../lifecycle/keep-alive';
import type { ConnectionSettings } from '../options';
import type { ConnectionProtocol } from '../protocol/connection-protocol';
import type { Outbox } from '../protocol/outbox';
import type { Output } from './send-account';
import type { SendCallback } from './written-callbacks';

/** The connection, once it is open, as its sender sees it. */
export interface SenderOwner {
  readonly protocol: ConnectionProtocol;
  readonly transport: SenderOutput;
  /** Whether messages may be sent: nobody has begun to close. */
  readonly isOpen: boolean;
  /** Null unless it is asked for. */
  readonly keepAlive: KeepAlive | null;
  /** Bytes were sent to a peer whose protocol version has only text. */
  onNoBinary(error: Error): void;
  /** The memory of what was sent was taken away, or has changed its size, before its turn came. */
  onPayloadChanged(): void;
  /** A Blob could not be read, and was not sent; the connection goes on. */
  onUnreadable(error: Error): void;
  /**
   * This side cannot go on: an extension, or the source of a message, has failed. Closes with 1011 and
   * gives up what has not left.
   */
  failLocally(error: ConnectionError): void;
}

/** Who is asked and told from the constructor on. */
export interface SenderListener extends Observed {
  readonly settings: ConnectionSettings;
  /** Whether what is sent before the connection is open has any prospect of being sent. */
  readonly isConnecting: boolean;
  /** A message was not sent: the peer reads too slowly. */
  onSlowReader(): void;
}

/** Where bytes go. */
export interface SenderOutput extends Output {
  readonly outbox: Outbox;
  /** To be called after every change of the outbox. */
  scheduleFlush(): void;
  /** Has `callback` called when what is in the outbox now was handed to the network. */
  whenWritten(callback: SendCallback): void;
}

import type { MessageSink } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';

/** The decoder's half of a wire: the same for every version. */
export interface WireDecoder {
  /** Takes the next bytes from the peer; owns them from here on. */
  push(chunk: Uint8Array): void;
  pause(): void;
  resume(): void;
  readonly paused: boolean;
  readonly bufferedBytes: number;
}

/**
 * What differs between protocol versions once the handshake is over: how a message is delimited and
 * how closing is spelled. Everything else is the same for all of them, and is not in here.
 *
 * The `append…` methods put bytes into the outbox that the wire was made with.
 */
export interface Wire {
  readonly version: ProtocolVersion;
  /** Whether there are binary messages. */
  readonly hasBinary: boolean;
  /** Whether there are pings and pongs. */
  readonly hasPing: boolean;
  /** Whether closing is spelled by a frame; if not, the end of the stream is all there is. */
  readonly hasClosingFrame: boolean;
  /** Whether a closing frame has a code and a reason. */
  readonly hasCloseStatus: boolean;

  /** Makes the decoder of what the peer sends. */
  decoder(sink: MessageSink, maxLength: number): WireDecoder;

  /** @returns the payload's length in bytes */
  appendText(text: string): number;
  /** May keep a reference to `data` until the outbox is flushed; never changes it. */
  appendBinary(data: Uint8Array): void;
  appendPing(data: Uint8Array): void;
  appendPong(data: Uint8Array): void;
  /** @param code 1005 for a closing frame without a payload */
  appendClose(code: number, reason: string): void;
}

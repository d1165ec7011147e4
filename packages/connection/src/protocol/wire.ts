import type { Pipeline } from '@ws/extensions';
import type { MessageSink, PartSink, ReadMeter } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import type { TextType } from '../receiving/message-data';
import type { Outbox } from './outbox';
import type { Role } from './role';

/** The decoder's half of a wire: the same for every version. */
export interface WireDecoder {
  /** Takes the next bytes from the peer; owns them from here on. */
  push(chunk: Uint8Array): void;
  pause(): void;
  resume(): void;
  /** Delivers messages in parts; null: whole again. Missing where there are no fragments. */
  deliverParts?(sink: PartSink | null): void;
  /** Ignores everything from now on, and keeps nothing. */
  end(): void;
  readonly paused: boolean;
  readonly bufferedBytes: number;
}

/** What a connection makes of its peer's messages. */
export interface DecoderOptions {
  /** The longest message accepted, in bytes. */
  readonly maxLength: number;
  /** The longest message accepted in parts. */
  readonly maxStreamedLength: number;
  /** Whether text is told as bytes. */
  readonly textAsBytes: boolean;
  /** The RSV bits that extensions were given: RSV1 · 4 + RSV2 · 2 + RSV3. */
  readonly allowedRsv: number;
  /** Whether extensions want messages without such a bit, too. */
  readonly reservesAll: boolean;
  /** Who is charged for every frame; null: nobody. */
  readonly meter: ReadMeter | null;
}

/** What the settings of a connection say of its decoder. */
export interface DecoderSettings extends Pick<DecoderOptions, 'maxLength' | 'maxStreamedLength'> {
  readonly textType: TextType;
}

/** The options of a connection that uses these extensions. */
export function decoderOptions(
  settings: DecoderSettings,
  pipeline: Pipeline | null,
  meter: ReadMeter,
): DecoderOptions {
  const { maxLength, maxStreamedLength, textType } = settings;
  const textAsBytes = textType === 'buffer';
  const allowedRsv = pipeline?.rsv ?? 0;
  const reservesAll = pipeline?.takesAll ?? false;
  return { maxLength, maxStreamedLength, textAsBytes, allowedRsv, reservesAll, meter };
}

/**
 * What differs between protocol versions once the handshake is over: how a message is delimited and
 * how closing is spelled. Everything else is the same for all of them, and is not in here.
 *
 * A wire has no state of a connection: all connections of a version and role share one.
 */
export interface Wire {
  readonly version: ProtocolVersion;
  readonly role: Role;
  /** Whether there are binary messages. */
  readonly hasBinary: boolean;
  /** Whether a message may come in several frames. */
  readonly hasFragments: boolean;
  /** Whether there are pings and pongs. */
  readonly hasPing: boolean;
  /** Whether closing is spelled by a frame; if not, the end of the stream is all there is. */
  readonly hasClosingFrame: boolean;
  /** Whether a closing frame has a code and a reason. */
  readonly hasCloseStatus: boolean;

  /** Makes the decoder of what the peer sends. */
  decoder(sink: MessageSink, options: DecoderOptions): WireDecoder;

  /** @returns the payload's length in bytes */
  appendText(outbox: Outbox, text: string): number;
  /** @param data UTF-8; as `appendBinary` */
  appendTextBytes(outbox: Outbox, data: Uint8Array): void;
  /** May keep a reference to `data` until the outbox is flushed; never changes it. */
  appendBinary(outbox: Outbox, data: Uint8Array): void;
  /** A message that extensions have made, or a fragment of one; as `appendBinary`. */
  appendFrame(outbox: Outbox, opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void;
  appendPing(outbox: Outbox, data: Uint8Array): void;
  appendPong(outbox: Outbox, data: Uint8Array): void;
  /** @param code 1005 for a closing frame without a payload */
  appendClose(outbox: Outbox, code: number, reason: string): void;
}

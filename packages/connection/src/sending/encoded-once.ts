/** A message that was encoded once, whoever did it, and is sent on any number of connections. */
import type { Awaitable, ExtensionMessage } from '@ws/extensions';
import { encodeFrame, SERVER } from '@ws/frame-parser';
import { sharedRun, type SharedRun } from '../protocol/shared-run';

export interface EncodedOnce {
  /** The message itself, for connections that cannot take the frames. */
  readonly data: string | Uint8Array;
  /** 1 for text, 2 for binary. */
  readonly opcode: number;
  /** As bytes. */
  readonly payload: Uint8Array;
  /** All of its frames as RFC 6455 has a server send them. */
  readonly frames: SharedRun;
  /** Of the payload. */
  readonly byteLength: number;
  /** Whether extensions may compress it. */
  readonly compress: boolean;
  /** What extensions have made of it, for all connections that agreed on the same. */
  readonly shared: Map<string, Awaitable<ExtensionMessage>>;
}

/** The frames of what extensions have made of messages. */
const framed = new WeakMap<ExtensionMessage, SharedRun>();

/** The frame of what extensions have made of a message: encoded once, too, where they have shared it. */
export function frameOf(message: EncodedOnce, made: ExtensionMessage): SharedRun {
  if (made.rsv === 0 && made.data === message.payload) return message.frames;
  let frame = framed.get(made);
  if (frame === undefined) {
    const { opcode, rsv, data: payload } = made;
    frame = sharedRun(encodeFrame(SERVER, { opcode, rsv, payload }));
    framed.set(made, frame);
  }
  return frame;
}

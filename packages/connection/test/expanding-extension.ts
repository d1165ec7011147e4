/**
 * An extension whose messages grow on their way in: every byte of the payload comes out as often as the
 * test says, in pieces of a fixed size. It counts what it makes.
 */
import { Pipeline } from '@ws/extensions';
import type { EmitPiece, ExtensionMessage, ExtensionSession, IncomingParts } from '@ws/extensions';
import type { ConnectionOptions } from '../src/options';
import { RSV1 } from './controlled-extension';
import { Joined } from './memory-opening';

export interface Expansion {
  /** How often a byte comes out. */
  readonly times: number;
  /** Bytes of a piece at most. */
  readonly pieceLength: number;
}

export class ExpandingSession implements ExtensionSession, IncomingParts {
  readonly rsv = 0;
  /** Pieces that were handed on. */
  pieces = 0;
  closes = 0;
  private readonly expansion: Expansion;

  constructor(expansion: Expansion) {
    this.expansion = expansion;
  }

  processOutgoing(message: ExtensionMessage): ExtensionMessage {
    return message;
  }

  processIncoming(): ExtensionMessage {
    throw new Error('messages come in parts');
  }

  incomingParts(): IncomingParts {
    return this;
  }

  async push(part: Uint8Array, _isLast: boolean, emit: EmitPiece): Promise<void> {
    const { times, pieceLength } = this.expansion;
    const whole = Buffer.concat([...part].map((byte) => Buffer.alloc(times, byte)));
    for (let at = 0; at < whole.byteLength; at += pieceLength) {
      this.pieces++;
      await emit(Buffer.from(whole.subarray(at, at + pieceLength)));
    }
  }

  close(): void {
    this.closes++;
  }
}

/** A server whose messages grow as they come, and its client. */
export function expanding(
  expansion: Expansion,
  options: ConnectionOptions = {},
): { joined: Joined; session: ExpandingSession } {
  const session = new ExpandingSession(expansion);
  const joined = new Joined('hybi-13', options, { server: new Pipeline([session], RSV1) }).open();
  return { joined, session };
}

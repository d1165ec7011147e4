/**
 * What extensions restore of one message in parts. A piece is made when the last one was delivered, as
 * soon as there is room for it: neither a slow reader nor a few bytes that become many take memory, or
 * more than the connection's share of a turn.
 */
import type { Awaitable, IncomingParts } from '@ws/extensions';
import { OPCODE, TextCutter, TOO_LONG, type PartSink, type ViolationCode } from '@ws/frame-parser';

/** Who gets the message. */
export interface RestoredPartsOwner extends Pick<PartSink, 'onTextPart' | 'onBinaryPart'> {
  /** So many bytes have been made of what the peer has sent. */
  onRestored(bytes: number): void;
  /** Waits until the next piece may come; undefined: it may now. */
  room(): Promise<void> | undefined;
  fail(violation: ViolationCode): void;
}

const NOTHING = Buffer.alloc(0);

export class RestoredParts {
  private readonly parts: IncomingParts;
  private readonly owner: RestoredPartsOwner;
  /** Null for bytes. */
  private readonly cutter: TextCutter | null;

  constructor(opcode: number, parts: IncomingParts, owner: RestoredPartsOwner) {
    this.parts = parts;
    this.owner = owner;
    this.cutter = opcode === OPCODE.TEXT ? new TextCutter() : null;
  }

  /** Done when all that can be made of the part has been delivered. @throws what extensions do */
  push(part: Uint8Array, isLast: boolean): Awaitable<void> {
    const result = this.parts.push(part, isLast, this.emit);
    if (!isLast) return result;
    return result === undefined ? this.end() : result.then(() => this.end());
  }

  private readonly emit = (piece: Uint8Array): Awaitable<void> => {
    this.owner.onRestored(piece.byteLength);
    this.deliver(piece);
    return this.owner.room();
  };

  private deliver(piece: Uint8Array): void {
    if (this.cutter === null) {
      this.owner.onBinaryPart(piece, false);
      return;
    }
    const text = this.cutter.push(piece);
    if (text === null) this.owner.fail('INVALID_UTF8');
    else if (text === TOO_LONG) this.owner.fail('MESSAGE_TOO_BIG');
    else if (text !== '') this.owner.onTextPart(text, false);
  }

  private end(): void {
    if (this.cutter === null) this.owner.onBinaryPart(NOTHING, true);
    else if (this.cutter.complete) this.owner.onTextPart('', true);
    else this.owner.fail('INVALID_UTF8');
  }
}

/** A message in parts that is not compressed: they stay as they are. */
import type { Awaitable, EmitPiece, IncomingParts, OutgoingParts } from '@ws/extensions';

export class PassingOutgoing implements OutgoingParts {
  readonly rsv: number;

  constructor(rsv: number) {
    this.rsv = rsv;
  }

  push(part: Uint8Array): Awaitable<Uint8Array> {
    return part;
  }
}

export class PassingIncoming implements IncomingParts {
  readonly rsv: number;

  constructor(rsv: number) {
    this.rsv = rsv;
  }

  push(part: Uint8Array, _isLast: boolean, emit: EmitPiece): Awaitable<void> {
    return part.byteLength === 0 ? undefined : emit(part);
  }
}

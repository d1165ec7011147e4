/** What encoders are asked for, and whether a peer could take it (RFC 6455 §5.2, §5.5). */
import { checkBoolean, checkBytes, checkInteger, describe } from './checks';
import { isValidCloseCode } from './close';
import { isControl, OPCODE } from './opcode';
import { isValidUtf8, utf8Length } from './utf8';

export interface OutgoingFrame {
  /** The last frame of its message; true. */
  fin?: boolean;
  /** RSV1 · 4 + RSV2 · 2 + RSV3, on the first frame of a message only; 0. */
  rsv?: number;
  /** One of `OPCODE`. */
  opcode: number;
  /**
   * A string is encoded as UTF-8, its lone surrogates as U+FFFD. A control frame takes 125 bytes at most. A
   * closing frame takes nothing, or what `encodeClosePayload` gives.
   */
  payload: Uint8Array | string;
}

export interface OutgoingMessage {
  /** `OPCODE.TEXT` or `OPCODE.BINARY`. */
  opcode: number;
  /** The RSV bits of the first frame, RSV1 · 4 + RSV2 · 2 + RSV3; 0. */
  rsv?: number;
  payload: Uint8Array | string;
}

const OPCODES: readonly number[] = Object.values(OPCODE);

/** §5.5: "All control frames MUST have a payload length of 125 bytes or less". */
const LONGEST_CONTROL = 125;

/** @throws TypeError, RangeError if the frame is no frame, or every peer would have to refuse it */
export function checkFrame({ fin = true, rsv = 0, opcode, payload }: OutgoingFrame): void {
  checkBoolean('fin', fin);
  checkInteger('rsv', rsv, 0, 7);
  if (!OPCODES.includes(opcode)) {
    throw new RangeError(`opcode must be 0, 1, 2, 8, 9 or 10, not ${describe(opcode)}`);
  }
  checkPayload(payload);
  if (rsv !== 0 && opcode !== OPCODE.TEXT && opcode !== OPCODE.BINARY) {
    throw new RangeError(`rsv must be 0 on a frame with opcode ${opcode}`);
  }
  if (isControl(opcode)) checkControl(fin, opcode, payload);
}

/** @throws TypeError, RangeError if it is no message, or one that cannot be in fragments */
export function checkMessage({ opcode, rsv = 0, payload }: OutgoingMessage): void {
  checkInteger('rsv', rsv, 0, 7);
  if (opcode !== OPCODE.TEXT && opcode !== OPCODE.BINARY) {
    throw new RangeError(`opcode of a message must be 1 or 2, not ${describe(opcode)}`);
  }
  checkPayload(payload);
}

function checkPayload(payload: Uint8Array | string): void {
  if (typeof payload !== 'string') checkBytes('payload', payload);
}

function checkControl(fin: boolean, opcode: number, payload: Uint8Array | string): void {
  if (!fin) throw new RangeError('fin must be true: control frames are never in fragments');
  const length = typeof payload === 'string' ? utf8Length(payload) : payload.length;
  if (length > LONGEST_CONTROL) {
    throw new RangeError(`payload of a control frame is at most 125 bytes, not ${length}`);
  }
  if (opcode === OPCODE.CLOSE && length > 0) checkClosePayload(payload);
}

/** "The first two bytes of the body MUST be a 2-byte unsigned integer […] representing a status code". §5.5.1 */
function checkClosePayload(payload: Uint8Array | string): void {
  if (typeof payload === 'string') {
    throw new TypeError(
      'payload of a closing frame is a code and a reason: see encodeClosePayload',
    );
  }
  const code = payload.length < 2 ? NaN : (payload[0] << 8) | payload[1];
  if (!isValidCloseCode(code)) {
    throw new RangeError(`payload of a closing frame begins with a close code, not ${code}`);
  }
  if (!isValidUtf8(payload.subarray(2))) {
    throw new RangeError('payload of a closing frame: the reason is not valid UTF-8');
  }
}

/** The bytes of the faults that are made of bytes. */
import { CLIENT, encodeFrame, encodeHixieText, OPCODE, SERVER } from '@ws/frame-parser';
import { deflateRawSync } from 'node:zlib';
import { fragment, frame } from '../hostile/frames';
import type { FaultName } from '../plan/faults';
import type { Plan } from '../plan/plan';
import { MAX_LENGTH } from '../settings';

const BOMB_LENGTH = 64 * 2 ** 20;
/** RSV1: the message is compressed (RFC 7692 §6). */
const COMPRESSED = 4;

let deflatedBomb: Buffer | null = null;

/** What breaks rules, one after another by the plan's number. */
const GARBAGE: readonly (() => Uint8Array)[] = [
  () => frame(5, 'reserved opcode'),
  () => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, rsv: 2, payload: 'reserved bit' }),
  () => encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: 'not masked' }),
  () => encodeFrame(CLIENT, { opcode: OPCODE.CONTINUATION, payload: 'of nothing' }),
  () => frame(OPCODE.PING, 'x'.repeat(126)),
  () => fragment(OPCODE.PING, 'in fragments'),
  () => frame(OPCODE.CLOSE, Uint8Array.of(0x03, 0xed)),
];

const BYTES: Partial<Record<FaultName, (plan: Plan) => Uint8Array>> = {
  garbage: ({ id }) => GARBAGE[id % GARBAGE.length]!(),
  badUtf8: () => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: Uint8Array.of(0x61, 0xc0) }),
  oversized: () => beginning(MAX_LENGTH + 1),
  bomb: () => encodeFrame(CLIENT, { opcode: OPCODE.BINARY, rsv: COMPRESSED, payload: bomb() }),
};

/** What the client sends to commit a fault, null if nothing. */
export function faultyBytes(fault: FaultName, plan: Plan): Uint8Array | null {
  return BYTES[fault]?.(plan) ?? null;
}

/** The first half of a message, for a connection that does not see the other. */
export function halfMessage({ version }: Plan): Uint8Array {
  const isHixie = version.startsWith('hixie');
  const text = 'half of what was to be said';
  const whole = isHixie
    ? encodeHixieText(text)
    : encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: text });
  return whole.subarray(0, whole.length / 2);
}

/** The header of a long frame, and a little of its payload. */
function beginning(length: number): Uint8Array {
  const frame = encodeFrame(CLIENT, { opcode: OPCODE.BINARY, payload: new Uint8Array(length) });
  return frame.slice(0, 100);
}

function bomb(): Buffer {
  return (deflatedBomb ??= deflateRawSync(Buffer.alloc(BOMB_LENGTH)));
}

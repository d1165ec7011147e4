/** The opcodes of RFC 6455 §5.2. 3–7 and 11–15 are reserved. */
export const OPCODE = {
  CONTINUATION: 0,
  TEXT: 1,
  BINARY: 2,
  CLOSE: 8,
  PING: 9,
  PONG: 10,
} as const;

/** §5.5: "Control frames are identified by opcodes where the most significant bit of the opcode is 1." */
export function isControl(opcode: number): boolean {
  return opcode >= OPCODE.CLOSE;
}

/**
 * Wire bytes drawn in bits, in the order of the RFC's frame diagram:
 * `bits('1 000 0001 0 0000101', 'Hello')` is FIN, RSV1–3, opcode, MASK, length, then the payload.
 */
export type Part = string | Uint8Array;

/** The bits (blanks are for the eye), then every further part: text as UTF-8, or bytes. */
export function bits(drawing: string, ...parts: Part[]): Uint8Array {
  const digits = drawing.replace(/\s/g, '');
  if (!/^[01]*$/.test(digits) || digits.length % 8 !== 0) throw new Error(`bug: ${drawing}`);
  const bytes = digits.match(/.{8}/g) ?? [];
  return concat([Uint8Array.from(bytes, (byte) => parseInt(byte, 2)), ...parts]);
}

/** Bytes written in hexadecimal, blanks for the eye. */
export function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (byte) => parseInt(byte, 16));
}

export function concat(parts: readonly Part[]): Uint8Array {
  const encoder = new TextEncoder();
  const arrays = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const whole = new Uint8Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    whole.set(array, offset);
    offset += array.length;
  }
  return whole;
}

export function repeat(byte: number, length: number): Uint8Array {
  return new Uint8Array(length).fill(byte);
}

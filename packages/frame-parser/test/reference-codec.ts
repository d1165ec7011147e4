/** RFC 6455 framing, slow and obvious: a whole valid stream to its messages, and one frame to bytes. */
import type { Told } from './recording-sink';
import { toHex } from './recording-sink';

export interface ReferenceFrame {
  fin: boolean;
  opcode: number;
  payload: Uint8Array;
  maskingKey: readonly number[] | null;
}

export function referenceEncode({ fin, opcode, payload, maskingKey }: ReferenceFrame): Uint8Array {
  const mask = maskingKey === null ? 0 : 128;
  const length = payload.length;
  const bytes = [(fin ? 128 : 0) + opcode];
  if (length <= 125) bytes.push(mask + length);
  else if (length <= 65535) bytes.push(mask + 126, Math.floor(length / 256), length % 256);
  else bytes.push(mask + 127, ...Array.from({ length: 8 }, (_, i) => byteOf(length, 7 - i)));
  if (maskingKey !== null) bytes.push(...maskingKey);
  payload.forEach((byte, i) => bytes.push(maskingKey === null ? byte : byte ^ maskingKey[i % 4]));
  return Uint8Array.from(bytes);
}

export function referenceDecode(stream: Uint8Array): Told[] {
  const told: Told[] = [];
  let message: { opcode: number; bytes: number[] } | null = null;
  for (let at = 0; at < stream.length;) {
    const opcode = stream[at] % 16;
    const masked = stream[at + 1] >= 128;
    const short = stream[at + 1] % 128;
    const extension = short < 126 ? 0 : short === 126 ? 2 : 8;
    let length = short;
    if (extension > 0) {
      length = stream.slice(at + 2, at + 2 + extension).reduce((sum, byte) => sum * 256 + byte, 0);
    }
    const key = masked ? stream.slice(at + 2 + extension, at + 6 + extension) : [0, 0, 0, 0];
    const start = at + 2 + extension + (masked ? 4 : 0);
    const payload = Array.from(stream.slice(start, start + length), (byte, i) => byte ^ key[i % 4]);
    if (opcode === 9 || opcode === 10) {
      told.push([opcode === 9 ? 'ping' : 'pong', toHex(Uint8Array.from(payload))]);
    } else {
      message ??= { opcode, bytes: [] };
      message.bytes.push(...payload);
      if (stream[at] >= 128) {
        told.push(tell(message.opcode, Uint8Array.from(message.bytes)));
        message = null;
      }
    }
    at = start + length;
  }
  return told;
}

function tell(opcode: number, bytes: Uint8Array): Told {
  if (opcode === 2) return ['binary', toHex(bytes)];
  return ['text', new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)];
}

function byteOf(value: number, index: number): number {
  return Math.floor(value / 256 ** index) % 256;
}

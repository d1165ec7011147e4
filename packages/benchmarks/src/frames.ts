/**
 * The frames the load sends and the echoes it expects, encoded once before anything is counted.
 *
 * Written apart from the toolkit's own codec on purpose: a mistake there must not be able to agree
 * with itself here.
 */

/** The masking key of the examples in RFC 6455 §5.7: fixed, so that every round sends equal bytes. */
const MASKING_KEY = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

const FIN = 0x80;
/** "Per-Message Compressed" (RFC 7692 §6). */
const RSV1 = 0x40;
const MASK = 0x80;

/** Every byte value; printable ASCII; or what people write in many languages. */
export type Content = 'binary' | 'text' | 'UTF-8 text';

/** Two thirds of its characters take more than a byte. */
const SENTENCE =
  'Größe 42 €, où? Привет, мир! Καλημέρα κόσμε. 你好，世界。こんにちは。 नमस्ते दुनिया 🙂🚀 ';

/** A payload of exactly `size` bytes. */
export function payloadOf(size: number, content: Content): Buffer {
  if (content === 'UTF-8 text') return sentencesOf(size);
  const text = content === 'text';
  const payload = Buffer.alloc(size);
  for (let i = 0; i < size; i++) payload[i] = text ? 0x20 + (i % 95) : (i * 31) & 0xff;
  return payload;
}

/** As much as fits in whole characters; then dots. */
function sentencesOf(size: number): Buffer {
  const sentence = Buffer.from(SENTENCE);
  const payload = Buffer.alloc(size, sentence);
  let end = size;
  while (end > 0 && isContinuation(sentence[end % sentence.length]!)) end -= 1;
  return payload.fill('.', end);
}

/** Whether a byte goes on with a character (RFC 3629 §3). */
function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** One message as a client sends it: a single masked frame (RFC 6455 §5.2, §5.3). */
export function clientFrame(payload: Uint8Array, text: boolean): Buffer {
  return maskedFrame(payload, FIN | opcodeOf(text));
}

/** One compressed message as a client sends it; `payload` is what the compressor made. */
export function compressedClientFrame(payload: Uint8Array, text: boolean): Buffer {
  return maskedFrame(payload, FIN | RSV1 | opcodeOf(text));
}

/** One message as a server sends it: a single unmasked frame (RFC 6455 §5.2). */
export function serverFrame(payload: Uint8Array, text: boolean): Buffer {
  return Buffer.concat([header(payload.length, FIN | opcodeOf(text), 0), payload]);
}

/** `count` copies of `frame`, one after the other: what leaves in one write. */
export function repeated(frame: Uint8Array, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => frame));
}

function maskedFrame(payload: Uint8Array, firstByte: number): Buffer {
  const masked = Buffer.from(payload);
  for (let i = 0; i < masked.length; i++) masked[i]! ^= MASKING_KEY[i & 3]!;
  return Buffer.concat([header(payload.length, firstByte, MASK), MASKING_KEY, masked]);
}

export function isText(content: Content): boolean {
  return content !== 'binary';
}

function opcodeOf(text: boolean): number {
  return text ? 1 : 2;
}

function header(payloadLength: number, firstByte: number, mask: number): Buffer {
  if (payloadLength < 126) return Buffer.of(firstByte, mask | payloadLength);
  if (payloadLength < 0x10000) {
    return Buffer.of(firstByte, mask | 126, payloadLength >> 8, payloadLength & 0xff);
  }
  const bytes = Buffer.alloc(10);
  bytes[0] = firstByte;
  bytes[1] = mask | 127;
  bytes.writeBigUInt64BE(BigInt(payloadLength), 2);
  return bytes;
}

/** Base64 with padding (RFC 4648 §4), for the short values of a handshake. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The base64 text of `bytes`, which are only read. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const count = Math.min(3, bytes.length - at);
    // What lies behind the end reads as undefined, and shifts as zero.
    const group = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
    for (let digit = 0; digit <= count; digit++) text += ALPHABET[(group >> (18 - 6 * digit)) & 63];
    text += '='.repeat(3 - count);
  }
  return text;
}

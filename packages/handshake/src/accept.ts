/**
 * The proof of RFC 6455 §1.3 that a server has read the client's handshake: a random key from the
 * client, and its digest from the server.
 */
import { base64 } from './base64';
import { encodeUtf8, fillRandomly, nativeHash } from './runtime';
import type { NativeHash } from './runtime';
import { sha1 } from './sha1';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** `undefined` until it is first needed. */
let hash: NativeHash | null | undefined;

/** The value of Sec-WebSocket-Accept that answers the Sec-WebSocket-Key `key`. RFC 6455 §4.2.2. */
export function secWebSocketAccept(key: string): string {
  if (hash === undefined) hash = nativeHash();
  return hash?.('sha1', key + GUID, 'base64') ?? portableAccept(key);
}

/** `secWebSocketAccept` without any help from the runtime. */
export function portableAccept(key: string): string {
  return base64(sha1(encodeUtf8(key + GUID)));
}

/**
 * A new Sec-WebSocket-Key: 16 random bytes in base64. RFC 6455 §4.1.
 *
 * @param fill fills its argument with random bytes; by default the runtime's secure generator.
 */
export function generateKey(fill: (bytes: Uint8Array) => void = fillRandomly): string {
  const nonce = new Uint8Array(16);
  fill(nonce);
  return base64(nonce);
}

/**
 * The end of a stream at once, in both directions, as each kind of stream has it: the peer is to learn
 * that this is no regular end, and nothing is to be kept for it.
 */
import type { Http2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isSocket } from './plain-socket';

/** RFC 9113 §7. Loading `node:http2` for it would take every program milliseconds. */
const CANCEL = 0x08;

/**
 * Destroys a stream. It must have an error listener.
 *
 * - A stream of HTTP/2 is reset with CANCEL, which stands for the reset of a TCP connection (RFC 8441 §5).
 * - A TCP socket whose peer takes nothing is reset: the kernel would keep what was written for minutes.
 * - All others, TLS sockets among them, are destroyed.
 *
 * @param isStuck whether something waits that the peer does not take
 */
export function destroyStream(stream: Duplex, isStuck = false): void {
  if (isHttp2(stream)) {
    if (!stream.destroyed) stream.close(CANCEL);
    stream.destroy();
  } else if (isStuck && isTcp(stream)) stream.resetAndDestroy();
  else stream.destroy();
}

function isHttp2(stream: Duplex): stream is Http2Stream {
  return 'rstCode' in stream && 'close' in stream;
}

/** A socket may also be a pipe, which cannot be reset. */
function isTcp(stream: Duplex): stream is Socket {
  return isSocket(stream) && !stream.destroyed && stream.remoteFamily !== undefined;
}

/** `proxy()`: two WebSockets joined, so that the peers of both seem to talk to each other. */
import { describe } from '@ws/common';
import { sendStream } from '../api/send-stream';
import { compressOption, type SendOptions } from '../api/send-options';
import { connectionOf, hasConnection } from '../api/standard-websocket';
import type { AnyWebSocket } from '../api/any-websocket';
import type { Connection } from '../lifecycle/connection';
import { ConnectionError } from '../lifecycle/connection-error';
import type { Ending } from '../lifecycle/ending';
import { Passage } from './passage';
import { passedStatus } from './passed-status';

/** How the two ended. */
export interface ProxyEndings {
  readonly ws: Ending;
  readonly upstream: Ending;
}

/**
 * Sends on each of two WebSockets what is received on the other, until both have ended. Text stays text and binary stays
 * binary; a long message is sent on in parts as they arrive, of which `highWaterMark` bytes wait at most. While
 * one takes no more, the other is not read. `maxLength` is no limit, as nothing is kept: `maxStreamedLength` is. Pings are answered by each for itself.
 *
 * The end of one is that of the other, behind all that was received before: with the code and the reason that were received, whichever they
 * are; without a code if there was none; with this library's own if it has failed the connection (1002, 1007, 1009, 1011, 1013); and
 * by `terminate()` if there was no closing frame. A message that was not complete then ends the other with 1011. A hixie client has no codes: its closing
 * is 1000. It is not sent bytes: those end both, with 1003.
 *
 * Either may be of a client or of a server, and open or not open yet: what is received on the other waits. Messages that
 * have come and that nobody has listened to are sent on, too.
 *
 * @param options `compress`: whether extensions may compress what is sent on. Default true
 * @returns how both have ended; never rejects
 * @throws {TypeError} they are not two WebSockets of this library, an option is unknown or no boolean, or a `binaryType` is `'blob'`
 * @throws {DOMException} InvalidStateError: a stream, a web stream, an iterator or a proxy reads one of them already
 */
export function proxy(
  ws: AnyWebSocket,
  upstream: AnyWebSocket,
  options: SendOptions | null = null,
): Promise<ProxyEndings> {
  for (const side of [ws, upstream]) {
    if (!hasConnection(side))
      throw new TypeError(`proxy: ${describe(side)} is no WebSocket of this library`);
  }
  if (ws === upstream) throw new TypeError('proxy: there is one WebSocket, given twice');
  const compress = compressOption(options);
  const there = passage(ws, upstream, compress);
  try {
    return joined(ws, upstream, [there, passage(upstream, ws, compress)]);
  } catch (error) {
    there.end(null);
    throw error;
  }
}

async function joined(
  ws: AnyWebSocket,
  upstream: AnyWebSocket,
  [there, back]: readonly [Passage, Passage],
): Promise<ProxyEndings> {
  const [ending, upstreamEnding] = await Promise.all([
    endTogether(ws, upstream, there),
    endTogether(upstream, ws, back),
  ]);
  return { ws: ending, upstream: upstreamEnding };
}

function passage(from: AnyWebSocket, to: AnyWebSocket, compress: boolean): Passage {
  const { receiver, settings } = connectionOf(from);
  const connection = connectionOf(to);
  const { sender } = connection;
  const onNotSent = (error: ConnectionError): void => endUnsent(connection, error);
  const made = new Passage(from, receiver, settings, {
    send: (message) => sender.send(message, compress, null),
    sendStream: (message) => sendStream(sender, message, { compress }).catch(onNotSent),
    on: (type, listener) => to.on(type, listener),
    off: (type, listener) => to.off(type, listener),
  });
  made.more();
  return made;
}

/** Ends `other` as soon as `ws` has ended, in the same way. */
async function endTogether(
  ws: AnyWebSocket,
  other: AnyWebSocket,
  passage: Passage,
): Promise<Ending> {
  const ending = await ws.closed;
  const connection = connectionOf(other);
  const status = passedStatus(ending);
  if (status === null) connection.terminate(new ConnectionError('WS_ERR_TERMINATED'));
  else connection.end(status, false);
  passage.end(ending.cause);
  return ending;
}

/** A message that the hixie drafts cannot have, bytes or one too long to be gathered, ends the connection. */
function endUnsent({ live }: Connection, error: ConnectionError): void {
  if (live?.isOpen !== true) return;
  if (error.code === 'WS_ERR_NO_BINARY') live.onNoBinary(error);
  else if (error.cause instanceof RangeError) live.failLocally(error);
}

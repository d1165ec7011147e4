import type { TextType } from '../receiving/message-data';
import type { EncodedOnce } from '../sending/encoded-once';
import type { Delivered } from '../sending/stream-sender';
import { connectionOf, type StandardWebSocket } from './standard-websocket';
import type { BinaryType } from './binary-type';

/**
 * Sends one of many connections a message that was encoded once for all of them.
 *
 * @hidden
 */
export function deliver(
  ws: StandardWebSocket<BinaryType, TextType>,
  message: EncodedOnce,
): Delivered {
  return connectionOf(ws).sender.deliver(message);
}

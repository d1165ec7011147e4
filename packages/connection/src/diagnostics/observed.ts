/**
 * What connections tell monitoring: by their counters, and on the channels that somebody has subscribed to. Where nobody
 * counts or has subscribed, nothing is made.
 */
import type { Channel } from 'node:diagnostics_channel';
import { toldOf, type Ending } from '../lifecycle/ending';
import {
  closeChannel,
  openChannel,
  pingChannel,
  pongChannel,
  receivedChannel,
  sentChannel,
  slowReaderChannel,
} from './channels';
import type {
  ConnectionClosed,
  ConnectionOpened,
  ControlPassed,
  MessagePassed,
  SlowReader,
} from './messages';
import { ConnectionTraffic, type Traffic } from './traffic';

/** A connection, as monitoring sees it. */
export interface Observed {
  /** What applications hold. */
  readonly websocket: object;
  /** Null while nobody counts. */
  readonly traffic: Traffic | null;
}

/** What is told of all of a connection. */
export interface ObservedConnection extends Observed {
  readonly role: { readonly name: 'client' | 'server' };
  readonly sender: { readonly droppedMessages: number; readonly bufferedAmount: number };
  readonly receiver: { readonly unheardMessages: number };
}

export function observeOpen(connection: ObservedConnection): void {
  const { traffic } = connection;
  if (traffic instanceof ConnectionTraffic) traffic.opened();
  if (openChannel.hasSubscribers) openChannel.publish(openedOf(connection));
}

export function observeClose(connection: ObservedConnection, ending: Ending): void {
  if (!closeChannel.hasSubscribers) return;
  const { traffic, sender, receiver } = connection;
  const counted = traffic instanceof ConnectionTraffic ? traffic : null;
  closeChannel.publish({
    ...openedOf(connection),
    ending: toldOf(ending),
    duration: counted?.duration ?? null,
    traffic: counted?.counts ?? null,
    messagesDropped: sender.droppedMessages,
    messagesUnheard: receiver.unheardMessages,
  } satisfies ConnectionClosed<object>);
}

/** @param closes whether the connection is closed for it */
export function observeSlowReader(connection: ObservedConnection, closes: boolean): void {
  const { websocket, traffic, sender } = connection;
  traffic?.dropped();
  if (!slowReaderChannel.hasSubscribers) return;
  const { bufferedAmount, droppedMessages: messagesDropped } = sender;
  const message = { websocket, bufferedAmount, messagesDropped, closes };
  slowReaderChannel.publish(message satisfies SlowReader<object>);
}

/** @param size bytes of the payload, as the application gets it */
export function observeReceived(
  connection: Observed,
  size: number,
  text: boolean,
  compressed: boolean,
): void {
  const { traffic } = connection;
  if (traffic !== null) traffic.received(size);
  if (receivedChannel.hasSubscribers) {
    publishMessage(receivedChannel, connection, size, text, compressed);
  }
}

/** @param size bytes of the payload, as the application has sent it */
export function observeSent(
  connection: Observed,
  size: number,
  text: boolean,
  compressed: boolean,
): void {
  const { traffic } = connection;
  if (traffic !== null) traffic.sent(size);
  if (sentChannel.hasSubscribers) {
    publishMessage(sentChannel, connection, size, text, compressed);
  }
}

/** @param size bytes of the payload */
export function observeControl(
  type: 'ping' | 'pong',
  direction: 'received' | 'sent',
  websocket: object,
  size: number,
): void {
  const channel = type === 'ping' ? pingChannel : pongChannel;
  if (channel.hasSubscribers) {
    channel.publish({ websocket, direction, size } satisfies ControlPassed<object>);
  }
}

function openedOf({ websocket, role, traffic }: ObservedConnection): ConnectionOpened<object> {
  return { websocket, role: role.name, route: traffic?.route ?? null };
}

function publishMessage(
  channel: Channel,
  { websocket }: Observed,
  size: number,
  text: boolean,
  compressed: boolean,
): void {
  const message = { websocket, size, text, compressed };
  channel.publish(message satisfies MessagePassed<object>);
}

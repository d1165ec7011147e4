/** The channel of `node:diagnostics_channel` on which monitoring learns of clients that are answered with an HTTP error. */
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { RefusalReason } from './refusal-reason';
import type { UpgradeContext } from './toolkit/upgrade-context';

/** On `websocket:refused`: a client was answered with an HTTP error, by whatever part of this package. */
export interface ClientRefused<Path extends string = string> {
  readonly status: number;
  /** `'application'`: by `rejectUpgrade()`, or since it has given up a WebSocket before that was open. */
  readonly reason: RefusalReason | 'application';
  /** Null from `rejectUpgrade()`, which is given the socket alone. */
  readonly request: IncomingMessage | null;
  /** What a `WebSocketServer` knows of the client; null without such a server. */
  readonly context: UpgradeContext<Path> | null;
  /** The pattern of a `WebSocketServer` that has matched, `*` where it has none; null if none has, and without such a server. */
  readonly route: string | null;
}

const refusedChannel = channel('websocket:refused');

/** The parameters are the members of what is published, which is made only if somebody has subscribed. */
export function observeRefused<Path extends string>(
  status: number,
  reason: ClientRefused['reason'],
  request: IncomingMessage | null = null,
  context: UpgradeContext<Path> | null = null,
  route: string | null = null,
): void {
  if (!refusedChannel.hasSubscribers) return;
  const message = { status, reason, request, context, route };
  refusedChannel.publish(message satisfies ClientRefused<Path>);
}

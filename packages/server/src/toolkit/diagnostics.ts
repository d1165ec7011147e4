/** What a WebSocketServer tells monitoring on channels of `node:diagnostics_channel`, beside what its connections do. */
import { channel } from 'node:diagnostics_channel';
import { Traced } from '@ws/connection';
import type { Acceptance } from './acceptance';
import type { RefusedError } from '../refused-error';
import type { RefusedEvent } from './events';
import type { UpgradeContext } from './upgrade-context';

/** What `tracing:websocket:upgrade` has, around the hook. */
export interface UpgradeTraced<Path extends string = string> {
  readonly context: UpgradeContext<Path>;
  /** The pattern that has matched; `*` where the server has none. */
  readonly route: string;
  /** From `asyncStart` on: what the hook has decided. */
  readonly result?: Acceptance<unknown> | RefusedError;
  /** From `error` on: what the hook has thrown, if that is no refusal. */
  readonly error?: unknown;
}

/** On `websocket:refused`: a client was answered with an HTTP error. */
export interface ClientRefused<Path extends string = string> extends RefusedEvent<Path> {
  /** The pattern that has matched, `*` where the server has none; null if none has. */
  readonly route: string | null;
}

/** What is published on the channels of servers, by the names of these in `node:diagnostics_channel`. */
export interface ServerChannels {
  readonly 'websocket:refused': ClientRefused;
  readonly 'tracing:websocket:upgrade:start': UpgradeTraced;
  readonly 'tracing:websocket:upgrade:end': UpgradeTraced;
  readonly 'tracing:websocket:upgrade:asyncStart': UpgradeTraced;
  readonly 'tracing:websocket:upgrade:asyncEnd': UpgradeTraced;
  readonly 'tracing:websocket:upgrade:error': UpgradeTraced;
}

export const tracedUpgrade: Traced = new Traced('websocket:upgrade');
const refusedChannel = channel('websocket:refused');

/** @param route the pattern that has matched; null if none has */
export function observeRefused<Path extends string>(
  event: RefusedEvent<Path>,
  route: string | null,
): void {
  if (!refusedChannel.hasSubscribers) return;
  refusedChannel.publish({ ...event, route } satisfies ClientRefused<Path>);
}

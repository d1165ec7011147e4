/** What servers tell monitoring on channels of `node:diagnostics_channel`, beside what their connections do. */
import { Traced } from '@ws/connection';
import type { Acceptance } from './acceptance';
import type { ClientRefused } from '../refused-channel';
import type { RefusedError } from '../refused-error';
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

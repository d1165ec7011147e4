/** The events of a WebSocketServer. */
import type { IncomingMessage } from 'node:http';
import type { RefusalReason } from '../refusal-reason';
import type { ServerSocket } from './server-socket';
import type { UpgradeContext } from './upgrade-context';

/** A client that was answered with an HTTP error. */
export interface RefusedEvent<Path extends string> {
  readonly status: number;
  readonly reason: RefusalReason;
  readonly context: UpgradeContext<Path>;
}

export interface WebSocketServerEvents<Data, Path extends string> {
  /** A connection is open. */
  connection: [ws: ServerSocket<Data>, request: IncomingMessage];
  refused: [event: RefusedEvent<Path>];
  /** The hook has thrown, or the server's own HTTP server has failed. */
  error: [error: Error];
  /** The server's own HTTP server listens. */
  listening: [];
  /** `close()` is done. */
  close: [];
}

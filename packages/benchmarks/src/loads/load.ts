/** What the load process runs: a number of messages, again and again, on open connections. */
import type { Cell } from '../cells';
import { openBroadcast } from './broadcast';
import { openDeflateEcho } from './deflate-echo';
import { openEcho } from './echo';
import { openHandshakes } from './handshakes';

export interface Load {
  /** The smallest number of messages that keeps every connection as busy as the cell asks. */
  readonly smallestRun: number;

  /** The number of messages in one run never exceeds this. */
  readonly largestRun: number;

  /** Sends `messages` messages, or a few more, and resolves with their number when all are back. */
  run(messages: number): Promise<number>;
}

export interface LoadTarget {
  readonly port: number;
  /** True when the server answers with the very bytes it read instead of frames of its own. */
  readonly returnsBytes: boolean;
}

/** Opens the connections that `cell` needs. */
export function openLoad(cell: Cell, target: LoadTarget): Promise<Load> {
  switch (cell.kind) {
    case 'echo':
      return openEcho(cell, target);
    case 'deflate':
      return openDeflateEcho(cell, target);
    case 'broadcast':
      return openBroadcast(cell, target);
    case 'handshake':
      return Promise.resolve(openHandshakes(cell, target));
  }
}

/** A receive buffer large enough for `bytes`, within reason. */
export function bufferSizeFor(bytes: number): number {
  return Math.min(Math.max(bytes, 4096), 256 * 1024);
}

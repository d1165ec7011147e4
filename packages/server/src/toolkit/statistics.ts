/** What a WebSocketServer counts, from its beginning on. */
import { Traffic } from '@ws/connection';
import type { TrafficCounts } from '@ws/connection';
import type { RefusalReason } from '../refusal-reason';

/** The counters of a WebSocketServer, as they are at one moment. Bytes are those of payloads, text as UTF-8, not compressed. */
export interface ServerStats extends TrafficCounts {
  /** Connections that are open, or closing, now. */
  readonly connections: number;
  /** Clients that wait for the hook now. */
  readonly pending: number;
  /** Connections that were opened. */
  readonly opened: number;
  /** Those of them that have ended. */
  readonly closed: number;
  /** Clients that were refused, by the reason; a reason that there was not yet is left out. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

export class Statistics {
  readonly #routes = new Map<string, Traffic>();
  readonly #refused = new Map<RefusalReason, number>();
  #opened = 0;

  /** What counts for all connections of one route. */
  trafficOf(route: string): Traffic {
    let traffic = this.#routes.get(route);
    if (traffic === undefined) this.#routes.set(route, (traffic = new Traffic(route)));
    return traffic;
  }

  opened(): void {
    this.#opened++;
  }

  refused(reason: RefusalReason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  /**
   * @param connections that are open, or closing, now
   * @param pending clients that wait now
   */
  read(connections: number, pending: number): ServerStats {
    const routes = [...this.#routes.values()];
    const sum = (name: keyof TrafficCounts): number =>
      routes.reduce((total, traffic) => total + traffic[name], 0);
    return {
      connections,
      pending,
      opened: this.#opened,
      closed: this.#opened - connections,
      refused: Object.fromEntries(this.#refused),
      messagesReceived: sum('messagesReceived'),
      bytesReceived: sum('bytesReceived'),
      messagesSent: sum('messagesSent'),
      bytesSent: sum('bytesSent'),
      messagesDropped: sum('messagesDropped'),
    };
  }
}

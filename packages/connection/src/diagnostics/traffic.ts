/** What has passed: on one connection, or on all of a server. Lengths are those of payloads, as applications have them. */
import { now } from '../support/scheduling';
import { closeChannel } from './channels';

/** Messages that were delivered, or sent, and their bytes. */
export interface TrafficCounts {
  readonly messagesReceived: number;
  readonly bytesReceived: number;
  readonly messagesSent: number;
  readonly bytesSent: number;
  /** Messages that were not sent to a slow reader. */
  readonly messagesDropped: number;
}

/** The counters of a server. */
export class Traffic implements TrafficCounts {
  /** The pattern of the paths that clients have asked for; null where there is none. */
  readonly route: string | null;
  messagesReceived = 0;
  bytesReceived = 0;
  messagesSent = 0;
  bytesSent = 0;
  messagesDropped = 0;

  constructor(route: string | null) {
    this.route = route;
  }

  received(byteLength: number): void {
    this.messagesReceived++;
    this.bytesReceived += byteLength;
  }

  sent(byteLength: number): void {
    this.messagesSent++;
    this.bytesSent += byteLength;
  }

  dropped(): void {
    this.messagesDropped++;
  }

  get counts(): TrafficCounts {
    const { messagesReceived, bytesReceived, messagesSent, bytesSent, messagesDropped } = this;
    return { messagesReceived, bytesReceived, messagesSent, bytesSent, messagesDropped };
  }
}

/** Those of one connection; what they count is counted for its server, too. */
export class ConnectionTraffic extends Traffic {
  private readonly server: Traffic | null;
  private openedAt = 0;

  constructor(server: Traffic | null) {
    super(server?.route ?? null);
    this.server = server;
  }

  opened(): void {
    this.openedAt = now();
  }

  /** Milliseconds since the connection was opened. */
  get duration(): number {
    return now() - this.openedAt;
  }

  override received(byteLength: number): void {
    super.received(byteLength);
    this.server?.received(byteLength);
  }

  override sent(byteLength: number): void {
    super.sent(byteLength);
    this.server?.sent(byteLength);
  }

  override dropped(): void {
    super.dropped();
    this.server?.dropped();
  }
}

/**
 * Where a new connection is counted: by itself if somebody wants to know at its end, else together with all
 * of its server; null if nobody counts. So that nobody pays for the counters of an idle connection.
 */
export function trafficWithin(server: Traffic | null): Traffic | null {
  return closeChannel.hasSubscribers ? new ConnectionTraffic(server) : server;
}

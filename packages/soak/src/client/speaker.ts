/** What a conversation needs of a client, whichever it is, and what the client tells it. */
import type { Ending } from '../plan/ending';
import type { FaultName } from '../plan/faults';
import type { Ports } from '../settings';

export interface Speaker {
  send(data: string | Buffer): void;
  /** Starts the closing handshake. */
  close(code: number): void;
  /** Ends at once. */
  terminate(): void;
  /** Reads no further until `resume()`. */
  pause(): void;
  resume(): void;
  /** Does what the fault does to an open connection. */
  inject(fault: FaultName): void;
}

export interface Hearer {
  opened(): void;
  /** @param data a string, or bytes */
  heard(data: unknown): void;
  failed(code: string): void;
  /** The last call. */
  ended(ending: Ending): void;
}

export interface Route {
  readonly ports: Ports;
  /** The certificate to trust, as PEM. */
  readonly ca: string;
  /** The address to connect from. */
  readonly localAddress: string;
}

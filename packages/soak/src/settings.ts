/** What all processes of a run know. */

/** For the part of the connections that speaks TLS, as PEM. */
export interface Identity {
  readonly key: string;
  /** For 127.0.0.1, signed by itself. */
  readonly cert: string;
}

export interface Settings {
  readonly seed: number;
  /** Connections that are to be open at a time. */
  readonly connections: number;
  /** What all durations are multiplied by: 1, or next to nothing in tests. */
  readonly pace: number;
  readonly identity: Identity;
}

export interface Ports {
  readonly plain: number;
  readonly secure: number;
}

/** The longest message that either side takes, in bytes; the longest text of a plan has less. */
export const MAX_LENGTH: number = 2 ** 20;

/** Durations in milliseconds, before the pace. */
export const DURATIONS = {
  /** A short stop of reading. */
  pause: 500,
  /** The long one that is a fault. */
  stall: 8000,
  /** From one look at what there is to open to the next. */
  opening: 100,
  /** From one message of the server to all to the next. */
  news: 2000,
  /** Over which a `WebSocketServer` closes its connections, and until it terminates those that are left. */
  closeOver: 5000,
  closeTimeout: 60_000,
} as const;

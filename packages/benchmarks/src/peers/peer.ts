/** What a peer is, and the three things its server does. */
import type { IncomingMessage, Server } from 'node:http';

/**
 * A WebSocket server under measurement.
 *
 * It upgrades every request and answers by path: `/echo` sends each message back as it came,
 * text as text and binary as binary; `/subscribe` receives what `/publish` sends.
 */
export interface Peer {
  /** Handles the upgrades of `server`. */
  attach(server: Server): void;
}

/** What a connection is for. */
export type Role = 'echo' | 'subscribe' | 'publish';

/** The role that the request's path asks for. */
export function roleOf({ url }: IncomingMessage): Role {
  switch (url) {
    case '/subscribe':
      return 'subscribe';
    case '/publish':
      return 'publish';
    default:
      return 'echo';
  }
}

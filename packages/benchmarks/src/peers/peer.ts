/** What a peer is, what it can be asked for, and the three things its server does. */
import type { Server } from 'node:http';

/**
 * A WebSocket server under measurement.
 *
 * It upgrades every request and answers by path: `/echo` sends each message back as it came,
 * text as text and binary as binary; `/subscribe` receives what `/publish` sends.
 */
export interface Peer {
  /** Handles the upgrades of `server`. */
  attach(server: Server, options: PeerOptions): void;
}

export interface DeflateOptions {
  /** Messages of fewer bytes are not compressed. */
  readonly threshold?: number;
  /** False: the server's messages refer to earlier ones. */
  readonly serverNoContextTakeover?: false;
}

/** What is not left to a peer's defaults. */
export interface PeerOptions {
  /** Whether messages are compressed: never, by the peer's own defaults, or with these options. */
  readonly deflate: boolean | DeflateOptions;
  /** The longest message to receive, in bytes. */
  readonly maxLength?: number;
}

export const UNCOMPRESSED: PeerOptions = { deflate: false };

/** What a connection is for. */
export type Role = 'echo' | 'subscribe' | 'publish';

/** The role that the request's path asks for. */
export function roleOf({ url }: { readonly url?: string | undefined }): Role {
  switch (url) {
    case '/subscribe':
      return 'subscribe';
    case '/publish':
      return 'publish';
    default:
      return 'echo';
  }
}

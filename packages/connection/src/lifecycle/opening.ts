import type { Duplex } from 'node:stream';
import type { Pipeline } from '@ws/extensions';
import type { ProtocolVersion } from '@ws/handshake';
import type { Traffic } from '../diagnostics/traffic';
import type { Role } from '../protocol/role';

/** The head of a server's response. */
export interface HandshakeResponse {
  /** 101 when the connection was opened. */
  readonly statusCode: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What an opening handshake has agreed on. */
export interface Session {
  /** The stream that the connection lives on; the connection owns it from here on. */
  readonly stream: Duplex;
  /** Bytes behind the handshake that have already been read from the stream; owned likewise. */
  readonly head: Uint8Array;
  readonly version: ProtocolVersion;
  /** The chosen subprotocol, `''` if none. */
  readonly protocol: string;
  /** The response that opened the connection; on a client only. */
  readonly response?: HandshakeResponse | undefined;
  /** The value of Sec-WebSocket-Extensions that was agreed on, `''` if none. */
  readonly extensions: string;
  /** The extensions at work; the connection closes them. Null or left out if there are none. */
  readonly pipeline?: Pipeline | null | undefined;
}

/** Who is told how an opening handshake ended: one of the two, once, never during `begin`. */
export interface OpeningListener {
  /** What applications hold. */
  readonly websocket: object;
  opened(session: Session): void;
  failed(error: Error): void;
}

/**
 * How a connection comes to be open: by accepting an upgrade request, by dialling a URL, or by any
 * other handshake that ends with a stream to talk on.
 */
export interface Opening {
  readonly role: Role;
  /** What the WebSocket's `url` shows. */
  readonly url: string;
  /** What counts for all connections of a server, and knows their route. Null or left out if there is none. */
  readonly traffic?: Traffic | null;
  begin(listener: OpeningListener): void;
  /**
   * Gives up, perhaps before it has begun; the listener hears `failed(reason)` unless it has already
   * been told an outcome.
   */
  abort(reason: Error): void;
}

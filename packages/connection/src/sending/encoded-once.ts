/** A message that was encoded once, whoever did it, and is sent on any number of connections. */
export interface EncodedOnce {
  /** The message itself, for connections that cannot take the frames. */
  readonly data: string | Uint8Array;
  /** All of its frames as RFC 6455 has a server send them; nobody changes them. */
  readonly frames: Uint8Array;
  /** Of the payload. */
  readonly byteLength: number;
}

/** What a transport needs of the connection that it carries. */

/** Who takes what is read. */
export interface ByteReader {
  /** @param chunk the reader's to keep and to change */
  push(chunk: Uint8Array): void;
}

/** Who counts what waits. */
export interface OutputAccount {
  /** The outbox is handed to the stream. */
  leaving(): void;
  /** What could leave has left. */
  flushed(): void;
  /** Nothing more can be written: the stream is gone, with all that was in it. */
  lose(): void;
}

/** Who is told, and has the others. */
export interface TransportOwner {
  readonly reader: ByteReader;
  readonly account: OutputAccount;
  /** A chunk has been read. */
  onChunkRead(): void;
  /** The peer has ended its half of the stream. */
  onEof(): void;
  /** The network has taken all that was written. */
  onWritable(): void;
  /** So little waits again that a `drain` is due. */
  onRoom(): void;
  /** A payload in the outbox is not what it was when it was sent; nothing behind it was kept. */
  onPayloadChanged(): void;
  /** The stream is gone; called once. `error` is null unless one occurred. */
  onTransportClosed(error: Error | null): void;
}

/** A parser and an encoder by themselves: no sockets, no connection. */
export interface Codec {
  /** Parses what a client sends; `onMessage` is called for every message. */
  parser(onMessage: () => void): (chunk: Buffer) => void;
  /** Encodes single messages of one end; `onBytes` is handed what would go to the socket. */
  encoder(
    end: 'server' | 'client',
    onBytes: (bytes: Uint8Array) => void,
  ): (payload: Buffer | string) => void;
}

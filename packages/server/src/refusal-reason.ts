/** Who, or what, has refused a client. */
export type RefusalReason =
  /** The request is no handshake, or not of a version that is accepted. */
  | 'handshake'
  /** No path matches. */
  | 'path'
  /** The page is not of an origin that may connect, or there is none; see `origins` and `requireOrigin`. */
  | 'origin'
  /** The host is none of `hosts`. */
  | 'host'
  /** There are `maxConnections`. */
  | 'connections'
  /** There are `maxConnectionsPerAddress` of this client's address, or IPv6 network. */
  | 'address'
  /** The `upgrade` hook. */
  | 'hook'
  /** The hook has thrown, or what it has returned is of no use. */
  | 'error'
  /** The hook took too long. */
  | 'timeout'
  /** Too many clients wait for the hook. */
  | 'pending'
  /** The server closes. */
  | 'closing';

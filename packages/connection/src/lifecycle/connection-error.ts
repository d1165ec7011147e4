/**
 * Why a connection ended that neither side closed, where it is not the peer breaking the protocol
 * (`ProtocolError`) and not an error of the stream: one table, one class.
 */
export type ConnectionErrorCode =
  | 'WS_ERR_CLOSED_EARLY'
  | 'WS_ERR_TERMINATED'
  | 'WS_ERR_ABORTED'
  | 'WS_ERR_NO_CLOSING_FRAME'
  | 'WS_ERR_CLOSE_TIMEOUT'
  | 'WS_ERR_PING_TIMEOUT'
  | 'WS_ERR_IDLE_TIMEOUT'
  | 'WS_ERR_HANDSHAKE_TIMEOUT'
  | 'WS_ERR_CLIENT_GONE'
  | 'WS_ERR_SLOW_READER'
  | 'WS_ERR_NO_BINARY'
  | 'WS_ERR_PAYLOAD_CHANGED'
  | 'WS_ERR_SOURCE_FAILED'
  | 'WS_ERR_UNREADABLE_BLOB'
  | 'WS_ERR_NOT_SENT'
  | 'WS_ERR_MESSAGE_INCOMPLETE';

/** Every code with what it means. */
export const CONNECTION_ERRORS: Readonly<Record<ConnectionErrorCode, string>> = {
  WS_ERR_CLOSED_EARLY: 'the WebSocket was closed before the connection was open',
  WS_ERR_TERMINATED: 'the application terminated the connection',
  WS_ERR_ABORTED: 'the application aborted the connection by its signal',
  WS_ERR_NO_CLOSING_FRAME: 'the peer ended the connection without a closing frame',
  WS_ERR_CLOSE_TIMEOUT: 'the closing handshake took longer than closeTimeout',
  WS_ERR_PING_TIMEOUT: 'nothing came from the peer within pingTimeout after a ping',
  WS_ERR_IDLE_TIMEOUT: 'no message was sent or received within idleTimeout',
  WS_ERR_HANDSHAKE_TIMEOUT: 'the opening handshake took longer than handshakeTimeout',
  WS_ERR_CLIENT_GONE: 'the client went away before the opening handshake was complete',
  WS_ERR_SLOW_READER: 'the peer reads too slowly: more than maxBufferedAmount is waiting',
  WS_ERR_NO_BINARY: 'bytes were sent to a peer whose protocol version has only text',
  WS_ERR_PAYLOAD_CHANGED:
    'memory passed to send() was transferred, or changed its size, before it was handed to the network',
  WS_ERR_SOURCE_FAILED: 'the source of a message in parts failed, or was aborted, before its end',
  WS_ERR_UNREADABLE_BLOB: 'a Blob could not be read, and was not sent; the cause says why',
  WS_ERR_NOT_SENT: 'the connection ended before this was handed to the network',
  WS_ERR_MESSAGE_INCOMPLETE: 'the connection ended before all of this message had arrived',
};

/** Why a connection ended, or could not be used, that neither side had closed. */
export class ConnectionError extends Error {
  /** What to match on; the texts may change. */
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, options?: ErrorOptions) {
    super(CONNECTION_ERRORS[code], options);
    this.name = 'ConnectionError';
    this.code = code;
  }
}

/** The mistakes a server can make in its answer to a handshake: one table, one class. */

export type HandshakeErrorCode =
  | 'WS_ERR_UNEXPECTED_STATUS'
  | 'WS_ERR_INVALID_UPGRADE'
  | 'WS_ERR_INVALID_CONNECTION'
  | 'WS_ERR_INVALID_ACCEPT'
  | 'WS_ERR_INVALID_SUBPROTOCOL'
  | 'WS_ERR_MISSING_SUBPROTOCOL'
  | 'WS_ERR_UNEXPECTED_EXTENSION'
  | 'WS_ERR_INVALID_EXTENSIONS';

/** What was wrong, and where the rule stands. */
export interface HandshakeMistake {
  readonly text: string;
  /** The section of RFC 6455 that has the rule, or another standard's name and section. */
  readonly section: string;
}

/** Every code with its mistake. */
export const HANDSHAKE_ERRORS: Readonly<Record<HandshakeErrorCode, HandshakeMistake>> = {
  WS_ERR_UNEXPECTED_STATUS: { section: '4.1', text: 'the server did not switch protocols' },
  WS_ERR_INVALID_UPGRADE: { section: '4.1', text: 'the Upgrade header is not "websocket"' },
  WS_ERR_INVALID_CONNECTION: { section: '4.1', text: 'the Connection header lacks "Upgrade"' },
  WS_ERR_INVALID_ACCEPT: { section: '4.1', text: 'the Sec-WebSocket-Accept header is wrong' },
  WS_ERR_INVALID_SUBPROTOCOL: {
    section: '4.1',
    text: 'the server chose a subprotocol that was not offered',
  },
  WS_ERR_MISSING_SUBPROTOCOL: {
    section: 'WHATWG WebSockets 2.2',
    text: 'the server chose none of the subprotocols that were offered',
  },
  WS_ERR_UNEXPECTED_EXTENSION: {
    section: '4.1',
    text: 'the server uses an extension, but none was offered',
  },
  WS_ERR_INVALID_EXTENSIONS: {
    section: '9.1',
    text: 'the server answers the offer of extensions wrongly',
  },
};

/** A handshake that the server's answer made fail. */
export class HandshakeError extends Error {
  readonly code: HandshakeErrorCode;
  /** The section of RFC 6455 that has the rule, or another standard's name and section. */
  readonly section: string;

  /** @param message says more than the table's text, when there is more to say. */
  constructor(code: HandshakeErrorCode, message?: string, options?: ErrorOptions) {
    super(message ?? HANDSHAKE_ERRORS[code].text, options);
    this.name = 'HandshakeError';
    this.code = code;
    this.section = HANDSHAKE_ERRORS[code].section;
  }
}

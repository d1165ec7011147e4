/** Why a WebSocketStream ended, or is to end: the error of the WebSocketStream proposal. */
import { closeArguments } from '../api/close-arguments';
import { CLIENT } from '../protocol/role';
import { DOMException } from '../support/dom-exception';

/** How a WebSocketStream is to be closed. */
export interface WebSocketCloseOptions {
  /** 1000, or 3000 to 4999. Default: none is sent, or 1000 if there is a reason. */
  closeCode?: number | undefined;
  /** At most 123 bytes of UTF-8. Default: `''`. */
  reason?: string | undefined;
}

/** How a WebSocketStream ended, or is to end: passed to `abort()` or `cancel()` it says how to close. */
export class WebSocketError extends DOMException {
  /** The code received, or to be sent; null if there is none. */
  readonly closeCode: number | null;
  readonly reason: string;

  /**
   * @throws {DOMException} InvalidAccessError: a code that may not be sent; SyntaxError: the reason is
   * too long
   */
  constructor(message = '', { closeCode, reason }: WebSocketCloseOptions = {}) {
    super(message, 'WebSocketError');
    const status = closeArguments(CLIENT, closeCode, reason);
    this.closeCode = status.code === 1005 ? null : status.code;
    this.reason = status.reason;
  }
}

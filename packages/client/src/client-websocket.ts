import { WebSocket } from '@ws/connection';
import type { ConnectionSettings, Opening } from '@ws/connection';
import { parseWebSocketUrl, validateSubprotocols } from '@ws/handshake';
import { DialOpening } from './dial-opening';
import { clientSettings } from './options';
import type { ClientOptions } from './options';

/** What `WebSocket`'s constructor takes. */
export type WebSocketArguments = [opening: Opening, settings: ConnectionSettings];

/**
 * Checks what an application passes for a client-side WebSocket, before anything is dialled.
 *
 * @throws as the constructor of `Client`
 */
export function dial(
  url: string | URL,
  protocols?: string | readonly string[],
  options: ClientOptions = {},
): WebSocketArguments {
  const target = parseWebSocketUrl(url);
  const offered = validateSubprotocols(protocols);
  const settings = clientSettings(options);
  return [new DialOpening(target, offered, settings), settings.connection];
}

/** The client's end of a connection, with the interface of a browser's WebSocket. */
export class Client extends WebSocket {
  /**
   * Dials a URL. `open` follows, or `error` and `close`.
   *
   * @param url `ws:` or `wss:`; `http:` and `https:` stand for these
   * @param protocols the subprotocols to offer, by preference
   * @throws {DOMException} SyntaxError: the URL is malformed, has a fragment or another scheme, or a
   * subprotocol is not a token, or is given twice
   * @throws {TypeError} an option is unknown or has the wrong type, or a header cannot be sent
   * @throws {RangeError} an option is out of range
   */
  constructor(url: string | URL, protocols?: string | readonly string[], options?: ClientOptions) {
    super(...dial(url, protocols, options));
  }
}

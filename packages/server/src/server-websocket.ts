import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { becomeInterface, WebSocket } from '@ws/connection';
import type { BinaryType, ConnectionSettings, Opening, TextType } from '@ws/connection';
import { validateSubprotocols } from '@ws/handshake';
import { serverSettings } from './options';
import type { ServerOptions } from './options';
import { checkUpgradeArguments } from './upgrade-arguments';
import { UpgradeOpening } from './upgrade-opening';

/**
 * What `WebSocket`'s constructor takes.
 *
 * @inline
 */
export type WebSocketArguments = [opening: Opening, settings: ConnectionSettings];

/**
 * Checks what an application passes for a server-side WebSocket, before anything is answered.
 *
 * @throws as the constructor of `ServerWebSocket`
 */
export function acceptUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Uint8Array | null,
  protocols?: string | readonly string[] | null,
  options?: ServerOptions | null,
): WebSocketArguments {
  checkUpgradeArguments(request, socket, head);
  const settings = serverSettings(options);
  const supported = validateSubprotocols(protocols);
  return [
    new UpgradeOpening(request, socket, head ?? new Uint8Array(0), supported, settings),
    settings.connection,
  ];
}

/** The server's end of a connection, made from an HTTP server's `upgrade` event. */
export class ServerWebSocket<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> extends WebSocket<Binary, Text> {
  /**
   * Answers the request after the current tick, and behind the responses to earlier requests: with the handshake of whatever protocol version the
   * client speaks, and then `open` follows; or with an HTTP error that says what is wrong with the
   * request, and then `error` and `close` follow.
   *
   * @param request the event's request
   * @param socket the event's socket; the WebSocket owns it from here on
   * @param head the event's head; the WebSocket owns its bytes from here on. Null for none
   * @param protocols the subprotocols that the application supports
   * @throws {TypeError} `request`, `socket` or `head` is not what the event has; an option is unknown or has the wrong type, or a header cannot be sent
   * @throws {RangeError} an option is out of range
   * @throws {DOMException} SyntaxError: a subprotocol is not a token, or is given twice
   * @throws {SocketTakenError} another WebSocket was made of the socket
   */
  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array | null,
    protocols?: string | readonly string[] | null,
    options?: ServerOptions | null,
  ) {
    super(...acceptUpgrade(request, socket, head, protocols, options));
  }
}

becomeInterface(ServerWebSocket);

import { becomeInterface, WebSocket } from '@ws/connection';
import type { BinaryType, ConnectionSettings, Opening, TextType } from '@ws/connection';
import { validateSubprotocols } from '@ws/handshake';
import { refuseWrongAgent } from './agent';
import { DialOpening } from './dial-opening';
import type { ClientOptions } from './options';
import { clientSettings } from './settings';
import type { ClientSettings } from './settings';
import { parseTarget } from './target';
import type { Target } from './target';

/**
 * What `WebSocket`'s constructor takes.
 *
 * @inline
 */
export type WebSocketArguments = [opening: Opening, settings: ConnectionSettings];

/**
 * Checks what an application passes for a client-side WebSocket, before anything is dialled.
 *
 * @throws as the constructor of `Client`
 */
export function dial(
  url: string | URL,
  protocols?: string | readonly string[] | null,
  options?: ClientOptions | null,
): WebSocketArguments {
  const target = parseTarget(url);
  const offered = validateSubprotocols(protocols);
  const settings = clientSettings(options);
  const opening = new DialOpening(dialled(target, settings), offered, settings);
  return [opening, settings.connection];
}

/** The target as the options have it dialled. */
function dialled(target: Target, { socketPath, proxy, agent }: ClientSettings): Target {
  if (target.socketPath !== undefined && (socketPath !== undefined || proxy !== undefined)) {
    const option = socketPath === undefined ? 'proxy' : 'socketPath';
    throw new TypeError(`option ${option}: it cannot be used together with a Unix socket’s URL`);
  }
  if (agent !== undefined) refuseWrongAgent(agent, target);
  return socketPath === undefined ? target : { ...target, socketPath };
}

/** The client's end of a connection, with the interface of a browser's WebSocket. */
export class Client<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> extends WebSocket<Binary, Text> {
  /**
   * Dials a URL. `open` follows, or `error` and `close`.
   *
   * @param url a string, or a URL object of whatever class; `ws:` or `wss:`; `http:` and `https:` stand for these; or a Unix socket's,
   * `ws+unix:/path/to.sock:/request/path`
   * @param protocols the subprotocols to offer, by preference
   * @throws {DOMException} SyntaxError: the URL is malformed, has a fragment or another scheme, or a
   * subprotocol is not a token, or is given twice
   * @throws {TypeError} there is no URL; an option is unknown, has the wrong type, cannot be sent, or excludes another
   * @throws {RangeError} an option is out of range
   */
  constructor(
    url: string | URL,
    protocols?: string | readonly string[] | null,
    options?: ClientOptions | null,
  ) {
    super(...dial(url, protocols, options));
  }
}

becomeInterface(Client);

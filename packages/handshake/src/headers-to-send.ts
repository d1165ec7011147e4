/**
 * What an application's headers come to. It may pass on those of another message, as a proxy does with
 * `request.headers`: what belonged to that message's own connection and handshake is left out then.
 */
import { headerEntries } from './headers';
import type { HeaderInput } from './headers';

/** Of one connection (RFC 9110 §7.6.1): what is sent has its own, or no use for any. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'upgrade',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
]);

/** Of one handshake, and of one message. */
const OF_HANDSHAKE: ReadonlySet<string> = new Set([
  ...OF_CONNECTION,
  'host',
  'content-length',
  'transfer-encoding',
  'sec-websocket-key',
  'sec-websocket-key1',
  'sec-websocket-key2',
  'sec-websocket-version',
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'sec-websocket-origin',
  'sec-websocket-location',
  'websocket-protocol',
  'websocket-origin',
  'websocket-location',
]);

/** What a request for a tunnel says itself. */
const OF_TUNNEL: ReadonlySet<string> = new Set(['host']);

/** What the headers are for: either end's handshake, or a CONNECT request. */
export type HeadersUse = 'handshake' | 'tunnel';

const LEFT_OUT: Readonly<Record<HeadersUse, ReadonlySet<string>>> = {
  handshake: OF_CONNECTION,
  tunnel: OF_TUNNEL,
};

export interface HeadersToSend {
  /** A copy that shares nothing with what was passed. */
  readonly headers: HeaderInput;
  /** What to tell the application: a text for each name that was left out, with nothing in it that a peer can choose. */
  readonly warnings: readonly string[];
}

/**
 * The headers that there are to send: without those of a connection, such as Connection and Keep-Alive.
 *
 * With an Upgrade among them the headers were another handshake's: then all that was the handshake's is
 * left out, Host and the Sec-WebSocket ones too. Nothing a client sends can make this throw at a proxy, and what
 * is sent is as strict as without them. Otherwise these are the application's own words, and stay:
 * Host replaces the URL's, and of a subprotocol, an extension, a key or a body the handshake's functions
 * throw. To leave them out would open a connection that lacks what was asked for.
 *
 * @param where names the caller in messages
 * @throws {TypeError} as `headerEntries`
 */
export function headersToSend(headers: HeaderInput, use: HeadersUse, where: string): HeadersToSend {
  const names = new Set(headerEntries(headers, where).map(([name]) => name.toLowerCase()));
  const foreign = names.has('upgrade') ? OF_HANDSHAKE : LEFT_OUT[use];
  const kept = Object.entries(headers).filter(([name]) => !foreign.has(name.toLowerCase()));
  return {
    headers: Object.fromEntries(kept.map(([name, value]) => [name, copied(value)])),
    warnings: [...names]
      .filter((name) => foreign.has(name))
      .map(
        (name) =>
          `${where}: header "${name}" is not sent: what belongs to one connection is not passed on to another`,
      ),
  };
}

function copied(value: HeaderInput[string]): HeaderInput[string] {
  return typeof value === 'object' && value !== null ? [...value] : value;
}

/**
 * The opening handshake of RFC 6455 §4 and of hybi-07 and -08: the requests and responses the suite
 * sends, and its strict opinion of those it gets. Pure, and the suite's own.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { WireVersion } from '../model/case';
import { joined, lists, single } from './head';
import type { Head, HeaderList } from './head';

/** "the string "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"" §1.3 */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export interface Target {
  /** Host and port, as in the Host header. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

export function acceptKey(key: string): string {
  return createHash('sha1').update(`${key}${GUID}`).digest('base64');
}

export function newKey(): string {
  return randomBytes(16).toString('base64');
}

export function requestHeaders(
  { host }: Target,
  version: Extract<WireVersion, number>,
  key: string,
  extensions: string | undefined,
): HeaderList {
  // "Sec-WebSocket-Origin" was renamed to "Origin" after hybi-10.
  const origin = version === 13 ? 'Origin' : 'Sec-WebSocket-Origin';
  return [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    [origin, `http://${host}`],
    ['Sec-WebSocket-Key', key],
    ['Sec-WebSocket-Version', `${version}`],
    ...extensionHeader(extensions),
  ];
}

export function responseHeaders(key: string, extensions: string | undefined): HeaderList {
  return [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptKey(key)],
    ...extensionHeader(extensions),
  ];
}

/** What is wrong with a server's answer; undefined if it accepts as RFC 6455 §4.1 has it. */
export function responseFault(head: Head, key: string, offered: Offered): string | undefined {
  if (!/^HTTP\/1\.1 101(?: |$)/.test(head.startLine)) return `the answer is ${head.startLine}`;
  if (!lists(head, 'upgrade', 'websocket')) return 'the answer does not upgrade to websocket';
  if (!lists(head, 'connection', 'upgrade')) return 'the answer has no Connection: Upgrade';
  if (single(head, 'sec-websocket-accept') !== acceptKey(key)) return 'the accept key is wrong';
  return choiceFault(head, offered);
}

export interface Offered {
  readonly protocols: readonly string[];
  readonly extensions: boolean;
}

/** "the server … MUST NOT" answer what was not asked: §4.2.2, §9.1. */
function choiceFault(head: Head, offered: Offered): string | undefined {
  const protocol = joined(head, 'sec-websocket-protocol');
  if (protocol !== undefined && !offered.protocols.includes(protocol)) {
    return `the subprotocol ${protocol} was not offered`;
  }
  const extensions = joined(head, 'sec-websocket-extensions');
  if (extensions !== undefined && !offered.extensions) return `${extensions} was not offered`;
  return undefined;
}

/** What is wrong with a client's request; undefined if it is as RFC 6455 §4.1 has it. */
export function requestFault(head: Head): string | undefined {
  if (!/^GET \S+ HTTP\/1\.1$/.test(head.startLine)) return `the request is ${head.startLine}`;
  if (single(head, 'host') === undefined) return 'the request needs one Host header';
  if (!lists(head, 'upgrade', 'websocket')) return 'the request does not upgrade to websocket';
  if (!lists(head, 'connection', 'upgrade')) return 'the request has no Connection: Upgrade';
  if (single(head, 'sec-websocket-version') !== '13') return 'the request is not of version 13';
  // "a randomly selected 16-byte value that has been base64-encoded" §4.1
  if (!/^[A-Za-z0-9+/]{21}[AQgw]==$/.test(single(head, 'sec-websocket-key') ?? '')) {
    return 'the key is not 16 octets in base64';
  }
  return undefined;
}

function extensionHeader(extensions: string | undefined): HeaderList {
  return extensions === undefined ? [] : [['Sec-WebSocket-Extensions', extensions]];
}

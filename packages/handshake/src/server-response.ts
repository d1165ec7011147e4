/**
 * What a server sends back: the head that completes a handshake, or the response that refuses it.
 *
 * Both are byte strings, to be written as `latin1`. Nothing gets into them unchecked.
 */
import { secWebSocketAccept } from './accept';
import {
  assertNotReserved,
  hasHeader,
  headerEntries,
  headerEntry,
  headerLine,
  headText,
} from './headers';
import type { HeaderEntry, HeaderInput } from './headers';
import type { Refusal } from './heads';
import type { AcceptedRequest } from './request-verdict';
import { encodeUtf8 } from './runtime';
import { isFieldValue } from './syntax';

/** What the server decided on. */
export interface HandshakeAnswer {
  /** The subprotocol chosen from the client's offer, if any. */
  readonly protocol?: string | undefined;
  /** The value of Sec-WebSocket-Extensions; ignored by the hixie versions, which have none. */
  readonly extensions?: string | undefined;
  /** The URL that was asked for, as `requestUrl` gives it; only the hixie versions send it. */
  readonly location: string;
  /** More headers, Set-Cookie for example. */
  readonly headers?: HeaderInput | undefined;
}

/** What the handshake writes itself, and the framing that a 101 must not have (RFC 9110 §8.6). */
const RESERVED_IN_ACCEPTANCE: ReadonlySet<string> = new Set([
  'upgrade',
  'connection',
  'sec-websocket-accept',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
  'sec-websocket-origin',
  'sec-websocket-location',
  'websocket-protocol',
  'websocket-origin',
  'websocket-location',
  'content-length',
  'transfer-encoding',
]);

const RESERVED_IN_REFUSAL: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
]);

/**
 * The head that completes the handshake, the final empty line included.
 *
 * For hixie-76, the challenge's 16 bytes must follow it.
 *
 * @throws TypeError when the protocol was not offered, or a header is malformed or one that the
 *   handshake itself writes.
 * @see RFC 6455 §4.2.2
 */
export function responseHead(verdict: AcceptedRequest, answer: HandshakeAnswer): string {
  const { protocol, headers = {} } = answer;
  // "selecting one of the values from the |Sec-WebSocket-Protocol| field" §4.2.2
  if (protocol !== undefined && !verdict.protocols.includes(protocol)) {
    throw new TypeError(`subprotocol ${JSON.stringify(protocol)} was not offered by the client`);
  }
  const extra = headerEntries(headers, 'handshake headers');
  assertNotReserved(extra, RESERVED_IN_ACCEPTANCE, 'handshake headers');
  return headText(ownHead(verdict, answer), extra);
}

/**
 * A whole response that refuses a handshake and ends the connection.
 *
 * The body is sent as UTF-8, as plain text unless `refusal.headers` has a Content-Type.
 *
 * @throws RangeError when the status is not one that ends an exchange with a body.
 * @throws TypeError when the reason or a header is malformed, or the header is one that frames the
 *   message (Connection, Content-Length, Transfer-Encoding).
 */
export function refusalResponse(refusal: Refusal): string {
  const { status, reason, body } = refusal;
  if (
    !Number.isInteger(status) ||
    status < 200 ||
    status > 599 ||
    status === 204 ||
    status === 304
  ) {
    throw new RangeError(
      `a handshake cannot be refused with status ${status}: it is from 200 to 599, and not 204 or 304`,
    );
  }
  if (!isFieldValue(reason)) throw new TypeError('the reason phrase has a forbidden character');
  const headers = refusal.headers.map(([name, value]) => headerEntry(name, value, 'refusal'));
  assertNotReserved(headers, RESERVED_IN_REFUSAL, 'refusal');
  const octets = utf8ByteString(body);
  const own: HeaderEntry[] = [
    // "A sender of Upgrade MUST also send an 'Upgrade' connection option" RFC 9110 §7.8
    ['Connection', hasHeader(headers, 'upgrade') ? 'close, Upgrade' : 'close'],
    ['Content-Length', String(octets.length)],
  ];
  if (!hasHeader(headers, 'content-type')) own.push(['Content-Type', 'text/plain; charset=utf-8']);
  return headText(`HTTP/1.1 ${status} ${reason}\r\n`, [...own, ...headers]) + octets;
}

/** The status line and the header lines that the protocol version demands. */
function ownHead(
  { version, key, origin }: AcceptedRequest,
  { protocol, extensions, location }: HandshakeAnswer,
): string {
  switch (version) {
    case 'hixie-76':
      return (
        'HTTP/1.1 101 WebSocket Protocol Handshake\r\n' +
        hixieLines('Sec-WebSocket-', origin, location, protocol)
      );
    case 'hixie-75':
      return (
        'HTTP/1.1 101 Web Socket Protocol Handshake\r\n' +
        hixieLines('WebSocket-', origin, location, protocol)
      );
    default:
      return (
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        line('Sec-WebSocket-Accept', secWebSocketAccept(key)) +
        line('Sec-WebSocket-Protocol', protocol) +
        line('Sec-WebSocket-Extensions', extensions)
      );
  }
}

function hixieLines(
  prefix: string,
  origin: string | undefined,
  location: string,
  protocol: string | undefined,
): string {
  return (
    'Upgrade: WebSocket\r\nConnection: Upgrade\r\n' +
    line(`${prefix}Origin`, origin) +
    line(`${prefix}Location`, location) +
    line(`${prefix}Protocol`, protocol)
  );
}

/** A header line, checked; nothing if there is no value. */
function line(name: string, value: string | undefined): string {
  return value === undefined ? '' : headerLine(headerEntry(name, value, 'handshake'));
}

/** The UTF-8 octets of `text`, one character each. */
function utf8ByteString(text: string): string {
  let octets = '';
  for (const octet of encodeUtf8(text)) octets += String.fromCharCode(octet);
  return octets;
}

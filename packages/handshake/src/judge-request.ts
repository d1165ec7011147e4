/**
 * The server's reading of a client's handshake: RFC 6455 §4.2.1 and the drafts before it.
 *
 * Everything here is pure and total: whatever a request holds, the answer is a verdict, never an
 * exception, reached in time linear in the size of the head.
 */
import { fieldValue, PROTOCOL_VERSIONS } from './heads';
import type { HeaderMap, ProtocolVersion, RequestHead } from './heads';
import { hixie76KeyNumber } from './hixie76';
import { isHost } from './host';
import { malformed, VERSION_NUMBERS, wrongMethod, wrongVersion } from './request-verdict';
import type { RefusedRequest, RequestVerdict } from './request-verdict';
import { areDistinctTokens } from './subprotocols';
import { isFieldValue, listIncludes, tokenList } from './syntax';

/**
 * 16 octets in base64. The last of 22 digits has four bits too many; they may be anything, as in the
 * example of RFC 6455 §4.1 itself, since a decoder may ignore them: RFC 4648 §3.5.
 */
const KEY_OF_16_OCTETS = /^[A-Za-z0-9+/]{22}==$/;

/** Clients of hybi-07 and -08 sent keys of other lengths, too. */
const ANY_KEY = /^[A-Za-z0-9+/]+={0,2}$/;

/** A Content-Length of no body. */
const NOTHING = /^0+$/;

const HTTP_VERSION = /^(\d+)\.(\d+)$/;

/** The headers whose name the versions do not agree on. */
const FIELDS: Record<ProtocolVersion, { readonly origin: string; readonly protocol: string }> = {
  'hybi-13': { origin: 'origin', protocol: 'sec-websocket-protocol' },
  'hybi-08': { origin: 'sec-websocket-origin', protocol: 'sec-websocket-protocol' },
  'hybi-07': { origin: 'sec-websocket-origin', protocol: 'sec-websocket-protocol' },
  'hixie-76': { origin: 'origin', protocol: 'sec-websocket-protocol' },
  'hixie-75': { origin: 'origin', protocol: 'websocket-protocol' },
};

/**
 * Whether a request asks for a WebSocket at all: a GET whose Upgrade names `websocket` and whose
 * Connection names `upgrade`, both in any case and among others. Says nothing about the rest.
 *
 * @throws {TypeError} `request` is not an object
 */
export function isWebSocketRequest(request: RequestHead): boolean {
  const given: unknown = request;
  if (Object(given) !== given) throw new TypeError(`request: ${String(given)} is not a request`);
  const { method, headers } = request;
  return (
    method === 'GET' &&
    listIncludes(headers['upgrade'], 'websocket') &&
    listIncludes(headers['connection'], 'upgrade')
  );
}

/**
 * Decides whether a request is a WebSocket handshake, and of which protocol version.
 *
 * Refused with 405: methods other than GET. With 426, listing what is supported: versions that are
 * unknown or not among `protocolVersions`. With 400: everything else that a handshake must have
 * and this has not, a subprotocol list with a repeated or malformed name included; and a body.
 *
 * @param options.protocolVersions the versions to accept; by default all of them.
 * @see RFC 6455 §4.2.1, §4.4
 */
export function judgeRequest(
  request: RequestHead,
  options: { readonly protocolVersions?: readonly ProtocolVersion[] | undefined } = {},
): RequestVerdict {
  const { protocolVersions = PROTOCOL_VERSIONS } = options;
  return httpRefusal(request) ?? versionVerdict(request.headers, protocolVersions);
}

/** What every version demands of the HTTP around it. */
function httpRefusal({ method, httpVersion, headers }: RequestHead): RefusedRequest | undefined {
  if (method !== 'GET') return wrongMethod();
  // "An HTTP/1.1 or higher GET request" §4.2.1
  if (!isHttp11(httpVersion)) return malformed('A WebSocket handshake needs HTTP/1.1 or higher.');
  if (!listIncludes(headers['upgrade'], 'websocket')) {
    return malformed('The Upgrade header must name "websocket".');
  }
  if (!listIncludes(headers['connection'], 'upgrade')) {
    return malformed('The Connection header must name "Upgrade".');
  }
  const host = fieldValue(headers, 'host');
  if (host === undefined) return malformed('The Host header is missing.');
  // RFC 9112 §3.2: an invalid Host value MUST be answered with 400. So is one that makes no URL.
  if (!isHost(host)) return malformed('The Host header is not valid.');
  return undefined;
}

function isHttp11(httpVersion = '1.1'): boolean {
  const [, major, minor] = HTTP_VERSION.exec(httpVersion) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 1);
}

function versionVerdict(headers: HeaderMap, accepted: readonly ProtocolVersion[]): RequestVerdict {
  const number = fieldValue(headers, 'sec-websocket-version');
  if (number === undefined && headers['sec-websocket-key'] !== undefined) {
    return malformed('The Sec-WebSocket-Version header is missing.');
  }
  const version = number === undefined ? hixieVersion(headers) : VERSION_NUMBERS.get(number);
  if (version === undefined || !accepted.includes(version)) {
    return wrongVersion(accepted, 'This version of the WebSocket protocol is not supported.');
  }
  return (
    bodyRefusal(version, headers) ?? keyRefusal(version, headers) ?? acceptance(version, headers)
  );
}

/** The drafts before hybi sent no version; what they did send tells them apart. */
function hixieVersion(headers: HeaderMap): ProtocolVersion {
  const hasKeys =
    headers['sec-websocket-key1'] !== undefined || headers['sec-websocket-key2'] !== undefined;
  return hasKeys ? 'hixie-76' : 'hixie-75';
}

/**
 * What comes behind the head must be frames: Node, too, takes nothing of it for a body. Only the
 * eight bytes of hixie-76 may be announced as one.
 */
function bodyRefusal(version: ProtocolVersion, headers: HeaderMap): RefusedRequest | undefined {
  const length = fieldValue(headers, 'content-length');
  const hasLength =
    length !== undefined && !NOTHING.test(length) && !(version === 'hixie-76' && length === '8');
  return hasLength || headers['transfer-encoding'] !== undefined
    ? malformed('A WebSocket handshake must not have a body.')
    : undefined;
}

function keyRefusal(version: ProtocolVersion, headers: HeaderMap): RefusedRequest | undefined {
  switch (version) {
    case 'hybi-13':
      return hybiKeyRefusal(headers, KEY_OF_16_OCTETS, 'must be 16 bytes in base64');
    case 'hybi-08':
    case 'hybi-07':
      return hybiKeyRefusal(headers, ANY_KEY, 'must be base64');
    case 'hixie-76':
      return (
        hixieKeyRefusal(headers, 'Sec-WebSocket-Key1') ??
        hixieKeyRefusal(headers, 'Sec-WebSocket-Key2')
      );
    case 'hixie-75':
      return undefined;
  }
}

function hybiKeyRefusal(
  headers: HeaderMap,
  form: RegExp,
  demand: string,
): RefusedRequest | undefined {
  const key = fieldValue(headers, 'sec-websocket-key');
  if (key === undefined) return malformed('The Sec-WebSocket-Key header is missing.');
  return form.test(key) ? undefined : malformed(`The Sec-WebSocket-Key header ${demand}.`);
}

function hixieKeyRefusal(headers: HeaderMap, name: string): RefusedRequest | undefined {
  const key = fieldValue(headers, name.toLowerCase());
  if (key === undefined) return malformed(`The ${name} header is missing.`);
  return hixie76KeyNumber(key) === null
    ? malformed(`The ${name} header hides no number.`)
    : undefined;
}

function acceptance(version: ProtocolVersion, headers: HeaderMap): RequestVerdict {
  const fields = FIELDS[version];
  const origin = fieldValue(headers, fields.origin);
  if (origin !== undefined && !isFieldValue(origin)) return malformed('The origin is not valid.');
  const protocols = tokenList(headers[fields.protocol]);
  // "MUST be non-empty strings … and MUST all be unique strings" §4.1. A list of empty elements is
  // none: "A recipient MUST parse and ignore a reasonable number of empty list elements" RFC 9110
  // §5.6.1.2
  if (!areDistinctTokens(protocols)) {
    return malformed('The list of subprotocols is not valid.');
  }
  const isHixie = version.startsWith('hixie');
  return {
    ok: true,
    version,
    key: fieldValue(headers, 'sec-websocket-key') ?? '',
    protocols,
    extensions: isHixie ? undefined : fieldValue(headers, 'sec-websocket-extensions'),
    origin,
  };
}

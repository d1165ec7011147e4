/** WebSocket opening handshakes as pure functions, for every protocol version. */
export { generateKey, secWebSocketAccept } from './accept';
export type { Credentials } from './basic-credentials';
export { clientRequestHead, clientRequestHeaders } from './client-request';
export type { ClientRequest } from './client-request';
export { connectRequestHeaders } from './connect-request';
export type { ConnectRequest } from './connect-request';
export { forwardedElements } from './forwarded';
export type { ForwardedElement } from './forwarded';
export { HANDSHAKE_ERRORS, HandshakeError } from './handshake-error';
export type { HandshakeErrorCode, HandshakeMistake } from './handshake-error';
export { headerEntries } from './headers';
export type { HeaderInput } from './headers';
export { headersToSend } from './headers-to-send';
export type { HeadersToSend, HeadersUse } from './headers-to-send';
export { PROTOCOL_VERSIONS } from './heads';
export type { HeaderMap, ProtocolVersion, Refusal, RequestHead, ResponseHead } from './heads';
export { hixie76Challenge, hixie76KeyNumber } from './hixie76';
export { isWebSocketRequest, judgeRequest } from './judge-request';
export { judgeResponse } from './judge-response';
export type {
  AcceptedResponse,
  ExpectedResponse,
  FailedResponse,
  ResponseVerdict,
} from './judge-response';
export { malformed } from './request-verdict';
export type { AcceptedRequest, RefusedRequest, RequestVerdict } from './request-verdict';
export { isSecureRequest, requestUrl } from './request-url';
export type { RequestContext } from './request-url';
export { refusalResponse, responseHead } from './server-response';
export type { HandshakeAnswer } from './server-response';
export { chooseSubprotocol, validateSubprotocols } from './subprotocols';
export { isToken, tokenList } from './syntax';
export { parseWebSocketUrl } from './websocket-url';
export type { WebSocketUrl } from './websocket-url';

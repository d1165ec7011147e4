/** A stream to a server through an HTTP proxy: CONNECT, RFC 9110 §9.3.6. */
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectRequestHeaders } from '@ws/handshake';
import { ConnectError, reasonOf } from './connect-error';
import { streamTo, usable } from './direct';
import type { Endpoint } from './direct';
import { answerTo } from './exchange';
import type { Answer } from './exchange';
import { http } from './node-modules';
import type { ProxySettings } from './proxy-settings';
import type { ClientSettings } from './settings';

/**
 * Connects to the proxy and has it connect to `target`.
 *
 * @throws {ConnectError} WS_ERR_PROXY, whatever goes wrong on the way
 */
export async function tunnelled(
  target: Endpoint,
  proxy: ProxySettings,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<Duplex> {
  try {
    const stream = await streamTo(proxy.url, proxy.tls, settings, signal);
    return tunnelFrom(await askedFor(target, stream, proxy, settings, signal));
  } catch (cause) {
    if (signal.aborted || isProxyError(cause)) throw cause;
    throw new ConnectError('WS_ERR_PROXY', `the proxy ${proxy.url.host}: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function isProxyError(error: unknown): boolean {
  return error instanceof ConnectError && error.code === 'WS_ERR_PROXY';
}

function askedFor(
  { hostname, port }: Endpoint,
  stream: Duplex,
  { url: credentials, headers }: ProxySettings,
  { maxHeaderSize }: ClientSettings,
  signal: AbortSignal,
): Promise<Answer> {
  const authority = `${isIPv6(hostname) ? `[${hostname}]` : hostname}:${port}`;
  const request = http().request({
    method: 'CONNECT',
    path: authority,
    headers: connectRequestHeaders({ authority, credentials, headers }).flat(),
    maxHeaderSize,
    createConnection: () => usable(stream),
  });
  return answerTo(request, signal);
}

function tunnelFrom(answer: Answer): Duplex {
  const { statusCode, switched } = answer;
  // "Any 2xx (Successful) response indicates that the sender … will switch to tunnel mode" §9.3.6
  if (switched === null || statusCode < 200 || statusCode > 299) {
    answer.destroy();
    const message = `the proxy answered with status ${statusCode}`;
    throw new ConnectError('WS_ERR_PROXY', message, { response: answer });
  }
  const { stream, rest } = switched;
  if (rest.byteLength > 0) stream.unshift(rest);
  return stream;
}

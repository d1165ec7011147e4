/** One attempt to open a WebSocket: one connection, one request, one answer. */
import type { ClientRequest, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Session } from '@ws/connection';
import { ExtensionNegotiationError } from '@ws/extensions';
import type { Activation, PendingOffer } from '@ws/extensions';
import { clientRequestHeaders, generateKey, HandshakeError, judgeResponse } from '@ws/handshake';
import { requestByAgent } from './agent';
import { ConnectError } from './connect-error';
import { secured, streamTo, usable } from './direct';
import { answerTo } from './exchange';
import type { Answer } from './exchange';
import { beginningOf } from './failed-response';
import { http } from './node-modules';
import { tunnelled } from './proxy-tunnel';
import type { Destination } from './redirects';
import { requestHeaders } from './request-headers';
import type { ClientSettings } from './settings';

/** What is needed for a handshake with one destination. */
export interface Attempt extends Destination {
  readonly key: string;
  readonly protocols: readonly string[];
  readonly extensions: PendingOffer;
  readonly requestHeaders: OutgoingHttpHeaders;
}

/** @throws {TypeError} a header cannot be sent */
export function attemptAt(
  destination: Destination,
  protocols: readonly string[],
  settings: ClientSettings,
): Attempt {
  const { origin, protocolVersion: version } = settings;
  const { target: url, headers } = destination;
  const key = generateKey();
  const offer = settings.extensions.offer();
  const extensions = offer.header || undefined;
  const request = { url, key, protocols, extensions, origin, version, headers };
  return {
    ...destination,
    key,
    protocols,
    extensions: offer,
    requestHeaders: requestHeaders(clientRequestHeaders(request)),
  };
}

/** Connects, asks for the upgrade, and waits for the head of the answer. */
export async function askForUpgrade(
  attempt: Attempt,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<Answer> {
  const { agent, net } = settings;
  const { target, tls } = attempt;
  const request =
    agent === undefined
      ? requestOn(await route(attempt, settings, signal), attempt, settings)
      : requestByAgent(agent, target, { net, tls }, requestOptions(attempt, settings));
  return answerTo(request, signal);
}

/**
 * What an answer has led to.
 *
 * @throws {ConnectError} it does not complete the handshake
 */
export async function sessionFrom(
  answer: Answer,
  { key, protocols, extensions }: Attempt,
  { protocolVersion }: ClientSettings,
  signal: AbortSignal,
): Promise<Session> {
  const { statusCode, headers, switched } = answer;
  const response = { statusCode, headers };
  const verdict = judgeResponse(
    { status: statusCode, headers },
    { key, protocols, extensionsOffered: extensions.header !== '' },
  );
  if (verdict.ok && switched !== null) {
    const { header, pipeline } = activated(extensions, verdict.extensions, answer);
    return {
      stream: switched.stream,
      head: switched.rest,
      version: protocolVersion === 8 ? 'hybi-08' : 'hybi-13',
      protocol: verdict.protocol,
      extensions: header,
      pipeline,
      response,
    };
  }
  const body = answer.body === null ? undefined : await beginningOf(answer.body, signal);
  answer.destroy();
  const cause = verdict.ok
    ? new HandshakeError('WS_ERR_INVALID_UPGRADE')
    : new HandshakeError(verdict.code, verdict.message);
  throw new ConnectError(cause.code, cause.message, { cause, response, body });
}

/** Puts to work what the server has agreed to. */
function activated(offer: PendingOffer, agreed: string | undefined, answer: Answer): Activation {
  try {
    return offer.activate(agreed);
  } catch (error) {
    answer.destroy();
    if (!(error instanceof ExtensionNegotiationError)) throw error;
    const { statusCode, headers } = answer;
    const cause = new HandshakeError('WS_ERR_INVALID_EXTENSIONS', error.message, { cause: error });
    throw new ConnectError(cause.code, cause.message, { cause, response: { statusCode, headers } });
  }
}

async function route(
  { target, tls }: Attempt,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<Duplex> {
  const { proxy } = settings;
  if (proxy === undefined) return streamTo(target, tls, settings, signal);
  const tunnel = await tunnelled(target, proxy, settings, signal);
  return target.secure ? secured(tunnel, target.hostname, tls, signal) : tunnel;
}

function requestOn(stream: Duplex, attempt: Attempt, settings: ClientSettings): ClientRequest {
  const createConnection = (): Duplex => usable(stream);
  return http().request({ ...requestOptions(attempt, settings), createConnection });
}

function requestOptions(
  { target, requestHeaders }: Attempt,
  { maxHeaderSize }: ClientSettings,
): RequestOptions {
  return { path: target.target, headers: requestHeaders, maxHeaderSize };
}

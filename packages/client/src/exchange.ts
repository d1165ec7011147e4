/** One HTTP request, GET or CONNECT, and its answer: a response, or a stream that is HTTP's no longer. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ConnectError } from './connect-error';
import type { ResponseHead } from './connect-error';
import { ignoreError, outcomeOf } from './outcome';

/** A stream that has left HTTP. */
export interface Switched {
  readonly stream: Duplex;
  /** Bytes behind the head of the response that have been read already. */
  readonly rest: Buffer;
}

export interface Answer extends ResponseHead {
  /** Where the body comes from, if HTTP goes on. */
  readonly body: IncomingMessage | null;
  readonly switched: Switched | null;
  /** Ends the connection. */
  destroy(): void;
}

/** More headers than this are nobody's; the bytes of the head are limited besides. */
const MAX_HEADERS = 1000;

/** Sends `request` and waits for the head of the final response. */
export function answerTo(request: ClientRequest, signal: AbortSignal): Promise<Answer> {
  // Node drops the headers beyond its limit in silence: count them here instead.
  request.maxHeadersCount = 0;
  return outcomeOf<Answer>(request, signal, ({ resolve, reject }) => {
    const settle = (head: Head, body: Answer['body'], switched: Answer['switched']): void => {
      const answer = answerFrom(request, head, body, switched);
      if (head.rawHeaders.length / 2 <= MAX_HEADERS) {
        resolve(answer);
        return;
      }
      answer.destroy();
      reject(new ConnectError('WS_ERR_TOO_MANY_HEADERS'));
    };
    const leaveHttp = (response: IncomingMessage, stream: Duplex, rest: Buffer): void => {
      // Deno hands it over corked.
      stream.uncork();
      settle(response, null, { stream: stream.on('error', ignoreError), rest });
    };
    request.on('upgrade', leaveHttp);
    request.on('connect', leaveHttp);
    request.on('response', (response) => settle(response, response, null));
    // A 101 that is no upgrade by the letter of HTTP: the last that will be understood.
    request.on('information', (head) => head.statusCode === 101 && settle(head, null, null));
    request.on('error', reject);
    // Until there is a stream an agent may change the headers, and here Node writes them down.
    request.on('socket', () => request.end());
  });
}

interface Head {
  readonly statusCode?: number | undefined;
  readonly headers: ResponseHead['headers'];
  readonly rawHeaders: readonly string[];
}

function answerFrom(
  request: ClientRequest,
  { statusCode = 0, headers }: Head,
  body: Answer['body'],
  switched: Answer['switched'],
): Answer {
  const destroy = (): void => {
    switched?.stream.destroy();
    request.destroy();
  };
  return { statusCode, headers, body, switched, destroy };
}

/**
 * The server's half of an opening handshake: judges an upgrade request, answers it, and hands the
 * socket over.
 *
 * The answer is written after the current tick, so that listeners that are attached meanwhile see
 * everything, and behind the responses to earlier requests. The socket has an error listener from the
 * first moment until it is destroyed.
 */
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionError, Deadline, SERVER, soon } from '@ws/connection';
import type { Opening, OpeningListener, Role, Traffic } from '@ws/connection';
import {
  chooseSubprotocol,
  hixie76Challenge,
  refusalResponse,
  requestUrl,
  responseHead,
} from '@ws/handshake';
import type { AcceptedRequest, HeaderInput, Refusal } from '@ws/handshake';
import { Departure } from './departure';
import { waitsForEarlier } from './earlier-response';
import { judge, type Judgement } from './judgement';
import { Key3Reader } from './key3';
import type { ServerSettings } from './options';
import { observeRefused } from './refused-channel';
import { RefusedError } from './refused-error';
import { refuseTaken, take } from './socket-taken';

/** What a client is answered whose connection the application has given up. */
const UNAVAILABLE: Refusal = {
  status: 503,
  reason: 'Service Unavailable',
  headers: [],
  body: 'The server has given up this connection.',
};

/** What a WebSocketServer knows of a client. */
export interface KnownClient {
  /** The URL that it asks for; `new URL` takes it. */
  readonly url: string;
  /** What counts for all connections of its route. */
  readonly traffic: Traffic;
}

export class UpgradeOpening implements Opening {
  readonly role: Role = SERVER;
  readonly url: string;
  readonly traffic: Traffic | null;
  private readonly request: IncomingMessage;
  private readonly socket: Duplex;
  private readonly head: Uint8Array;
  private readonly handshakeTimeout: number;
  private readonly judgement: Judgement;
  private readonly protocol: string | undefined;
  /** What the client is answered. */
  private readonly response: string;
  private readonly departure: Departure;
  private listener: OpeningListener | null = null;
  private key3: Key3Reader | null = null;
  private readonly deadline = new Deadline(() => this.onDeadline());
  private error: Error | null = null;
  private heedsClose = false;
  /** The application has given up the connection: the client is told so when it is its turn. */
  private givenUp = false;

  /**
   * @param known null without a WebSocketServer
   * @throws {SocketTakenError} another WebSocket has the socket
   * @throws {TypeError} a header of the settings is one that the handshake itself writes
   */
  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    protocols: readonly string[],
    settings: ServerSettings,
    known: KnownClient | null = null,
  ) {
    refuseTaken(socket);
    this.traffic = known?.traffic ?? null;
    this.url = known?.url ?? urlOf(request, socket, settings);
    this.request = request;
    this.socket = socket;
    this.head = head;
    this.departure = new Departure(socket, () => this.onDeparture());
    this.handshakeTimeout = settings.handshakeTimeout;
    this.judgement = judge(request, settings);
    const { verdict } = this.judgement;
    if (verdict.ok) {
      this.protocol = chooseSubprotocol(verdict.protocols, protocols);
      this.response = this.acceptance(verdict, settings.headers);
    } else {
      this.response = refusalResponse(verdict.refusal);
    }
    take(socket);
  }

  begin(listener: OpeningListener): void {
    const { request } = this;
    this.listener = listener;
    this.socket.on('error', this.onError);
    this.departure.notice('complete' in request && !request.complete);
    soon(() => this.answer());
  }

  abort(reason: Error): void {
    this.error ??= reason;
    if (this.key3 !== null || isTermination(reason)) {
      this.socket.destroy();
      soon(this.onClose);
      return;
    }
    this.givenUp = true;
    soon(() => this.reportFailure(reason));
  }

  private acceptance(verdict: AcceptedRequest, headers: HeaderInput): string {
    const { protocol, url: location } = this;
    const { header, pipeline } = this.judgement.extensions;
    const extensions = header || undefined;
    try {
      return responseHead(verdict, { protocol, extensions, location, headers });
    } catch (error) {
      pipeline?.close();
      throw error;
    }
  }

  /** Answers when it is this request's turn, if there is somebody to answer then. */
  private answer(): void {
    if (this.listener === null && !this.givenUp) return;
    if (this.departure.happened) {
      this.onDeparture();
      return;
    }
    if (waitsForEarlier(this.socket, this.request, () => this.answer())) this.wait();
    else this.answerNow();
  }

  private answerNow(): void {
    const { socket } = this;
    const { verdict, cause } = this.judgement;
    tune(socket);
    if (this.givenUp) {
      this.observeRefused(503, 'application');
      this.endWith(refusalResponse(UNAVAILABLE), this.error!);
      return;
    }
    if (!verdict.ok) {
      this.observeRefused(verdict.refusal.status, 'handshake');
      const error = new RefusedError(verdict.refusal, cause === undefined ? {} : { cause });
      this.endWith(this.response, error);
      return;
    }
    socket.write(this.response, 'latin1');
    if (verdict.version === 'hixie-76') this.awaitKey3(verdict);
    else this.open(verdict, this.head);
  }

  private observeRefused(status: number, reason: 'application' | 'handshake'): void {
    observeRefused(status, reason, this.request, null, this.traffic?.route);
  }

  /** Sends the response that refuses, and nothing after it; the client may take its time to read it. */
  private endWith(response: string, error: Error): void {
    const { socket } = this;
    this.departure.ignore();
    this.heedClose();
    this.deadline.start(this.handshakeTimeout);
    socket.resume();
    socket.end(response, 'latin1');
    this.reportFailure(error);
  }

  private awaitKey3(verdict: AcceptedRequest): void {
    const { headers } = this.request;
    this.wait();
    this.key3 = new Key3Reader(this.request, this.socket, this.head, (key3, rest) => {
      if (this.departure.happened) return;
      const key1 = joined(headers['sec-websocket-key1']);
      const key2 = joined(headers['sec-websocket-key2']);
      this.socket.write(hixie76Challenge(key1, key2, key3));
      this.open(verdict, rest);
    });
    this.key3.start();
  }

  private open(verdict: AcceptedRequest, head: Uint8Array): void {
    const { listener, socket } = this;
    const { header: extensions, pipeline } = this.judgement.extensions;
    this.listener = null;
    this.deadline.stop();
    if (this.heedsClose) {
      this.departure.ignore();
      socket.off('close', this.onClose);
    }
    listener?.opened({
      stream: socket,
      head,
      version: verdict.version,
      protocol: this.protocol ?? '',
      extensions,
      pipeline,
    });
    socket.off('error', this.onError);
  }

  /** Looks after the client, as the answer takes time. Most answers do not, and need no listeners. */
  private wait(): void {
    this.limitTime();
    if (this.heedsClose) return;
    this.heedClose();
    this.departure.watch();
  }

  private heedClose(): void {
    if (this.heedsClose) return;
    this.heedsClose = true;
    this.socket.on('close', this.onClose);
  }

  /** The client has so long from now on, unless its time runs already. */
  private limitTime(): void {
    if (this.deadline.slot === null) this.deadline.start(this.handshakeTimeout);
  }

  private onDeadline(): void {
    this.error ??= new ConnectionError('WS_ERR_HANDSHAKE_TIMEOUT');
    this.socket.destroy();
  }

  private reportFailure(error: Error): void {
    const { listener } = this;
    this.listener = null;
    if (listener === null) return;
    this.judgement.extensions.pipeline?.close();
    listener.failed(error);
  }

  private readonly onError = (error: Error): void => {
    this.error ??= error;
  };

  private onDeparture(): void {
    this.key3?.stop();
    if (this.departure.destroy()) this.deadline.stop();
    else this.wait();
    this.reportFailure(this.error ?? new ConnectionError('WS_ERR_CLIENT_GONE'));
  }

  private readonly onClose = (): void => {
    this.deadline.stop();
    this.key3?.stop();
    this.reportFailure(this.error ?? new ConnectionError('WS_ERR_CLIENT_GONE'));
  };
}

/** `terminate()` ends the connection at once: nothing is said any more. */
function isTermination(reason: Error): boolean {
  return reason instanceof ConnectionError && reason.code === 'WS_ERR_TERMINATED';
}

function urlOf(request: IncomingMessage, socket: Duplex, { trustProxy }: ServerSettings): string {
  const secure = 'encrypted' in socket && socket.encrypted === true;
  return requestUrl(request, { secure, trustProxy });
}

/** A header that may be there once, as it was judged: several values are one, which Node has joined. */
function joined(value: string | readonly string[] | undefined): string {
  return [value].flat().join(', ');
}

/** No time limit of HTTP's, also none that a response in front has set; small frames leave at once. */
function tune(socket: Duplex): void {
  if (!(socket instanceof Socket)) return;
  socket.setTimeout(0);
  socket.setNoDelay(true);
}

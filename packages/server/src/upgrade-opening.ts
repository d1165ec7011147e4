/**
 * The server's half of an opening handshake: judges an upgrade request, answers it, and hands the
 * socket over.
 *
 * The answer is written after the current tick, so that listeners that are attached meanwhile see
 * everything. The socket has an error listener from the first moment until it is destroyed.
 */
import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import { ConnectionError, SERVER } from '@ws/connection';
import type { Opening, OpeningListener, Role } from '@ws/connection';
import {
  chooseSubprotocol,
  hixie76Challenge,
  refusalResponse,
  requestUrl,
  responseHead,
} from '@ws/handshake';
import type { AcceptedRequest, HeaderInput } from '@ws/handshake';
import { judge, type Judgement } from './judgement';
import { Key3Reader } from './key3';
import type { ServerSettings } from './options';
import { RefusedError } from './refused-error';

/** Taken at load: a test that replaces it later on must not hold up a handshake. */
const nextTick: typeof process.nextTick = process.nextTick.bind(process);

export class UpgradeOpening implements Opening {
  readonly role: Role = SERVER;
  readonly url: string;
  private readonly request: IncomingMessage;
  private readonly socket: Duplex;
  private readonly head: Uint8Array;
  private readonly handshakeTimeout: number;
  private readonly judgement: Judgement;
  private readonly protocol: string | undefined;
  /** What the client is answered. */
  private readonly response: string;
  private listener: OpeningListener | null = null;
  private key3: Key3Reader | null = null;
  private timer: NodeJS.Timeout | null = null;
  private error: Error | null = null;

  /** @throws {TypeError} a header of the settings is one that the handshake itself writes */
  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    protocols: readonly string[],
    settings: ServerSettings,
  ) {
    const secure = 'encrypted' in socket && socket.encrypted === true;
    this.url = requestUrl(request, { secure, trustProxy: settings.trustProxy });
    this.request = request;
    this.socket = socket;
    this.head = head;
    this.handshakeTimeout = settings.handshakeTimeout;
    this.judgement = judge(request, settings);
    const { verdict } = this.judgement;
    if (verdict.ok) {
      this.protocol = chooseSubprotocol(verdict.protocols, protocols);
      this.response = this.acceptance(verdict, settings.headers);
    } else {
      this.response = refusalResponse(verdict.refusal);
    }
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
    const { socket } = this;
    socket.on('error', this.onError);
    socket.on('close', this.onClose);
    if (socket instanceof Socket) {
      socket.setTimeout(0);
      socket.setNoDelay(true);
    }
    nextTick(() => this.answer());
  }

  abort(reason: Error): void {
    this.error ??= reason;
    this.socket.destroy();
    nextTick(this.onClose);
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

  private answer(): void {
    const { socket } = this;
    const { verdict, cause } = this.judgement;
    if (this.listener === null) return;
    if (socket.destroyed) {
      this.onClose();
      return;
    }
    if (!verdict.ok) {
      this.endWith(new RefusedError(verdict.refusal, cause === undefined ? {} : { cause }));
      return;
    }
    socket.write(this.response, 'latin1');
    if (verdict.version === 'hixie-76') this.awaitKey3(verdict);
    else this.open(verdict, this.head);
  }

  /** Sends the response that refuses, and nothing after it. */
  private endWith(error: RefusedError): void {
    const { socket } = this;
    this.limitTime();
    socket.resume();
    socket.end(this.response, 'latin1');
    this.tellFailed(error);
  }

  private awaitKey3(verdict: AcceptedRequest): void {
    const { headers } = this.request;
    this.limitTime();
    this.key3 = new Key3Reader(this.request, this.socket, this.head, (key3, rest) => {
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
    this.stopTimer();
    socket.off('close', this.onClose);
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

  private limitTime(): void {
    this.timer = setTimeout(() => {
      this.error ??= new ConnectionError('WS_ERR_HANDSHAKE_TIMEOUT');
      this.socket.destroy();
    }, this.handshakeTimeout);
    this.timer.unref();
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private tellFailed(error: Error): void {
    const { listener } = this;
    this.listener = null;
    if (listener === null) return;
    this.judgement.extensions.pipeline?.close();
    listener.failed(error);
  }

  private readonly onError = (error: Error): void => {
    this.error ??= error;
  };

  private readonly onClose = (): void => {
    this.stopTimer();
    this.key3?.stop();
    this.tellFailed(this.error ?? new ConnectionError('WS_ERR_CLIENT_GONE'));
  };
}

/** A header that may be there once, as it was judged: several values are one, which Node has joined. */
function joined(value: string | readonly string[] | undefined): string {
  return [value].flat().join(', ');
}

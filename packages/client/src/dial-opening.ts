/**
 * The client's half of an opening handshake: dials the URL, asks for the upgrade, judges the answer,
 * and hands the socket over.
 */
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { CLIENT } from '@ws/connection';
import type { Opening, OpeningListener, Role } from '@ws/connection';
import { clientRequestHeaders, generateKey, HandshakeError, judgeResponse } from '@ws/handshake';
import type { ResponseVerdict, WebSocketUrl } from '@ws/handshake';
import type { ClientSettings } from './options';

export class DialOpening implements Opening {
  readonly role: Role = CLIENT;
  private readonly target: WebSocketUrl;
  private readonly protocols: readonly string[];
  private readonly settings: ClientSettings;
  private readonly key: string = generateKey();
  private readonly requestHeaders: readonly (readonly [string, string])[];
  private listener: OpeningListener | null = null;
  private request: ClientRequest | null = null;
  private timer: NodeJS.Timeout | null = null;

  /** @throws {TypeError} a header of the settings cannot be sent */
  constructor(target: WebSocketUrl, protocols: readonly string[], settings: ClientSettings) {
    const { key } = this;
    this.target = target;
    this.protocols = protocols;
    this.settings = settings;
    this.requestHeaders = clientRequestHeaders({
      url: target,
      key,
      protocols,
      headers: settings.headers,
    });
  }

  get url(): string {
    return this.target.href;
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
    this.limitTime();
    const request = httpRequest({
      path: this.target.target,
      headers: this.requestHeaders.flat(),
      createConnection: () => this.connect(),
    });
    this.request = request;
    request.on('upgrade', (response, socket, head) => this.judge(response, socket, head));
    request.on('information', ({ statusCode }) => {
      if (statusCode === 101) this.fail(new HandshakeError('WS_ERR_INVALID_UPGRADE'));
    });
    request.on('response', (response) => this.failOn(this.verdictOn(response)));
    request.on('error', (error) => this.fail(error));
    request.end();
  }

  abort(reason: Error): void {
    process.nextTick(() => this.fail(reason));
  }

  private connect(): Socket {
    const { hostname: host, port, secure } = this.target;
    if (!secure) return connectTcp({ host, port });
    // A literal address is no name to indicate (RFC 6066 §3).
    const servername = isIP(host) === 0 ? host : '';
    return connectTls({
      servername,
      ALPNProtocols: ['http/1.1'],
      ...this.settings.tls,
      host,
      port,
    });
  }

  private judge(response: IncomingMessage, socket: Duplex, head: Uint8Array): void {
    const verdict = this.verdictOn(response);
    if (!verdict.ok) {
      socket.destroy();
      this.failOn(verdict);
      return;
    }
    const { listener } = this;
    this.finish();
    if ('setNoDelay' in socket) (socket as Socket).setNoDelay(true);
    listener?.opened({
      stream: socket,
      head,
      version: 'hybi-13',
      protocol: verdict.protocol,
      extensions: verdict.extensions ?? '',
    });
  }

  private verdictOn({ statusCode = 0, headers }: IncomingMessage): ResponseVerdict {
    const { key, protocols } = this;
    const response = { status: statusCode, headers };
    return judgeResponse(response, { key, protocols, extensionsOffered: false });
  }

  private failOn(verdict: ResponseVerdict): void {
    if (!verdict.ok) this.fail(new HandshakeError(verdict.code, verdict.message));
  }

  private limitTime(): void {
    const { handshakeTimeout } = this.settings;
    this.timer = setTimeout(() => {
      this.fail(new Error(`the connection was not open after ${handshakeTimeout} ms`));
    }, handshakeTimeout);
  }

  private fail(error: Error): void {
    const { listener } = this;
    this.finish();
    this.request?.destroy();
    listener?.failed(error);
  }

  private finish(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.listener = null;
  }
}

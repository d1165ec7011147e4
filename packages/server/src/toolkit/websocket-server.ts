/** What stands between an HTTP server and its WebSockets: paths, the `upgrade` hook, all connections, and their end. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, isError, isNone } from '@ws/common';
import { ConnectionError, showAttributes } from '@ws/connection';
import type { RefusalReason } from '../refusal-reason';
import { observeRefused } from '../refused-channel';
import { refusalOf, RefusedError } from '../refused-error';
import { rejectWith } from '../reject-upgrade';
import { refuseTaken } from '../socket-taken';
import { checkUpgradeArguments } from '../upgrade-arguments';
import type { Acceptance } from './acceptance';
import { acceptAttempt } from './accept-attempt';
import { Admission } from './admission';
import type { AdmissionRefusal } from './admission';
import { Attempt } from './attempt';
import { Connections } from './connections';
import type { WebSocketServerEvents } from './events';
import { deliver } from './deliver';
import type { Delivery, PublishData, PublishOptions } from './deliver';
import { HookRunner } from './hook-runner';
import type { HookFailure } from './hook-runner';
import { refuseNamesOfWs } from './names-of-ws';
import { webSocketServerSettings } from './options';
import type { WebSocketServerOptions, WebSocketServerSettings } from './options';
import { listeningCallback, OwnServer } from './own-server';
import { refuse } from './refuse';
import { checkTopics } from './server-socket';
import { Statistics } from './statistics';
import type { ServerStats } from './statistics';
import type { ServerSocket } from './server-socket';
import { attach } from './shared-listener';
import { closePlan, Shutdown } from './shutdown';
import type { ClosedConnections, ClosePlan, CloseOptions } from './shutdown';

/** What a client is refused with that the hook gives no answer about. */
const FAILURES: Readonly<Record<Exclude<HookFailure, 'gone'>, () => AdmissionRefusal>> = {
  busy: () => ['pending', refuse(503, 'Too many clients wait.', { 'Retry-After': '5' })],
  timeout: () => ['timeout', refuse(503, 'It takes too long to decide about this client.')],
  closing: () => ['closing', refuse(503, 'The server is closing.')],
  thrown: () => ['error', refuse(500)],
};

/**
 * Accepts WebSockets on HTTP servers of the application, or on one of its own.
 *
 * @typeParam Data what `ws.data` is: what the option `upgrade` returns as `data`
 * @typeParam Path the patterns of the option `path`
 */
export class WebSocketServer<
  Data = undefined,
  const Path extends string = string,
> extends EventEmitter<WebSocketServerEvents<Data, Path>> {
  readonly #settings: WebSocketServerSettings<Data, Path>;
  readonly #admission: Admission;
  readonly #hooks: HookRunner<Data, Path> | null;
  readonly #connections = new Connections<Data>((ws) => this.#admission.disconnected(ws));
  readonly #statistics = new Statistics();
  readonly #own: OwnServer | null;
  #detachments: readonly (() => void)[] = [];
  #closing: Promise<ClosedConnections> | null = null;

  /**
   * @param onListening called once, with the event `listening`; with the option `port` alone
   * @throws {TypeError} an option is unknown, has the wrong type, or excludes another; a path cannot be parsed, or another
   * WebSocketServer of the HTTP server has it; `onListening` would never be called
   * @throws {RangeError} a number is out of range
   */
  constructor(
    options?: WebSocketServerOptions<Data, Path> | null,
    onListening?: (() => void) | null,
  ) {
    super();
    refuseNamesOfWs(this);
    const settings = webSocketServerSettings(options);
    const { upgrade, upgradeTimeout, maxPending, listen } = settings;
    this.#settings = settings;
    this.#admission = new Admission(settings.admission);
    this.#hooks = upgrade ? new HookRunner(upgrade, upgradeTimeout, maxPending) : null;
    if (!isNone(onListening)) this.once('listening', listeningCallback(onListening, listen));
    this.#own = listen && new OwnServer(listen, this);
    this.#attach();
  }

  /** The connections that are open, or closing. */
  get clients(): ReadonlySet<ServerSocket<Data>> {
    return this.#connections.clients;
  }

  /** Those that have subscribed to a topic, as they are now, in the order in which they did: a set of your own. */
  subscribers(topic: string): ReadonlySet<ServerSocket<Data>> {
    checkTopics([topic]);
    return new Set(this.#connections.topics.of(topic)) as Set<ServerSocket<Data>>;
  }

  /** Counters of all that has happened since the server was made; for monitoring, which asks again and again. */
  stats(): ServerStats {
    return this.#statistics.read(this.clients.size, this.#hooks?.waiting ?? 0);
  }

  /** Where the server's own HTTP server listens; null before that, and without the option `port`. */
  address(): AddressInfo | null {
    return this.#own?.address() ?? null;
  }

  /**
   * Accepts or refuses an upgrade request, for whoever has the `upgrade` event of an HTTP server: a router, a framework.
   * The socket is the server's from here on.
   *
   * @returns the connection when it is open; null when the client was refused, or has left
   * @throws {TypeError} (rejects) `request`, `socket` or `head` is not what the event has
   * @throws {SocketTakenError} (rejects) a WebSocket was made of the socket, or it was refused
   */
  async handle(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array | null,
  ): Promise<ServerSocket<Data> | null> {
    checkUpgradeArguments(request, socket, head);
    refuseTaken(socket);
    const attempt = this.#attemptOf(request, socket, head ?? new Uint8Array(0));
    const { context } = attempt;
    const refusal = this.#refusalOf(attempt);
    if (refusal !== null) return this.#refuse(attempt, ...refusal);
    this.#admission.enter(context);
    let ws: ServerSocket<Data> | null = null;
    try {
      ws = await this.#decide(attempt);
    } finally {
      if (ws === null) this.#admission.leave(context);
    }
    return ws;
  }

  /**
   * Sends a message to all that have subscribed to a topic, encoded once.
   *
   * @param data text as a string, bytes, or what `prepare()` has made of it
   * @returns to how many it was sent; zeros when nobody has subscribed, and when the server is closed
   * @throws {TypeError} the topic is not a string, the data neither a string nor bytes, or an option is of no use
   */
  publish(topic: string, data: PublishData, options?: PublishOptions | null): Delivery {
    checkTopics([topic]);
    return deliver(this.#connections.topics.of(topic), data, options);
  }

  /**
   * Sends a message to all clients, encoded once.
   *
   * @returns and throws as `publish()`
   */
  broadcast(data: PublishData, options?: PublishOptions | null): Delivery {
    return deliver(this.clients, data, options);
  }

  /**
   * Closes all connections, and takes no more: clients that come meanwhile, or wait for the hook, are answered with
   * 503. What is left at `timeout` is terminated. An HTTP server of the application goes on; its own one is closed, with all
   * that is left of its connections. A second call changes nothing, and returns the same promise.
   *
   * @param options how; or a function to call when it is done
   * @throws {TypeError} an option is unknown, or has the wrong type
   * @throws {RangeError} a number is out of range, or `over` is longer than `timeout`
   * @throws {DOMException} InvalidAccessError: the code may not be sent; SyntaxError: the reason is longer than 123 bytes
   */
  close(options?: CloseOptions | (() => void) | null): Promise<ClosedConnections> {
    if (typeof options !== 'function') return (this.#closing ??= this.#close(closePlan(options)));
    const closing = this.close();
    void closing.then(() => options());
    return closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close().then(() => undefined);
  }

  /**
   * The connections that open from now on, until the server is closed. One that has ended before the loop asks for it
   * is left out.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ServerSocket<Data>, undefined> {
    const connections = this.#connections.iterate();
    if (this.#closing !== null) connections.end();
    return connections;
  }

  async #close(plan: ClosePlan): Promise<ClosedConnections> {
    this.#hooks?.close();
    const result = await new Shutdown(this.#connections.all, plan).run();
    for (const detach of this.#detachments) detach();
    await this.#own?.close();
    this.#connections.end();
    this.emit('close');
    return result;
  }

  #attach(): void {
    const { servers, paths, refusesUnmatched } = this.#settings;
    const endpoint = {
      shapes: paths.shapes,
      refusesUnmatched,
      wants: ({ url = '' }: IncomingMessage) => paths.match(url) !== null,
      upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        this.handle(request, socket, head).catch((error: unknown) => this.#report(error));
      },
    };
    const sources = this.#own === null ? servers : [this.#own.server];
    this.#detachments = sources.map((server) => attach(server, endpoint));
  }

  #attemptOf(request: IncomingMessage, socket: Duplex, head: Uint8Array): Attempt<Path> {
    const { paths, connection, proxies } = this.#settings;
    const match = paths.match(request.url ?? '');
    const { protocolVersions } = connection;
    return new Attempt<Path>(request, socket, head, match, { protocolVersions, proxies });
  }

  /** What a client is refused for before anybody is asked. */
  #refusalOf({ match, verdict, context }: Attempt<Path>): AdmissionRefusal | null {
    if (this.#closing !== null) return FAILURES.closing();
    if (match === null) return ['path', refuse(404)];
    if (verdict.ok) return this.#admission.refusalOf(context);
    return ['handshake', new RefusedError(verdict.refusal)];
  }

  async #decide(attempt: Attempt<Path>): Promise<ServerSocket<Data> | null> {
    if (this.#hooks === null) return this.#accept(attempt, {});
    const answer = await this.#hooks.ask(attempt);
    switch (answer.kind) {
      case 'gone':
        return null;
      case 'refused':
        return this.#refuse(attempt, 'hook', answer.refusal);
      case 'accepted':
        if (this.#closing === null) return this.#accept(attempt, answer.acceptance);
        return this.#refuse(attempt, ...FAILURES.closing());
      default:
        this.#refuse(attempt, ...FAILURES[answer.kind]());
        if (answer.kind === 'thrown') this.#report(answer.cause);
        return null;
    }
  }

  #refuse(attempt: Attempt<Path>, reason: RefusalReason, refusal: RefusedError): null {
    const { context, request, socket, match } = attempt;
    const status = refusal.statusCode;
    rejectWith(socket, refusalOf(refusal));
    if (reason !== 'hook') attempt.giveUp(refusal);
    this.#statistics.refused(reason);
    observeRefused(status, reason, request, context, match?.pattern);
    this.emit('refused', { status, reason, context });
    return null;
  }

  async #accept(
    attempt: Attempt<Path>,
    acceptance: Acceptance<Data>,
  ): Promise<ServerSocket<Data> | null> {
    let ws: ServerSocket<Data>;
    try {
      ws = acceptAttempt(attempt, acceptance, this.#settings, this.#connections, this.#statistics);
    } catch (error) {
      this.#refuse(attempt, 'error', refuse(500));
      this.#report(error);
      return null;
    }
    const topics = acceptance.topics ?? [];
    return new Promise((resolve) => {
      const settle = (isOpen: boolean): void => {
        resolve(isOpen ? ws : null);
        if (!isOpen) {
          attempt.giveUp(new ConnectionError('WS_ERR_CLIENT_GONE'));
          return;
        }
        this.#admission.connected(ws, attempt.context);
        this.#statistics.opened();
        this.emit('connection', ws, attempt.request);
      };
      this.#connections.expect(ws, { topics, settle });
    });
  }

  /** A mistake of the application's hook: told to whoever listens, and never thrown. */
  #report(thrown: unknown): void {
    const error = isError(thrown) ? thrown : new Error(`${describe(thrown)} was thrown`);
    if (this.listenerCount('error') > 0) this.emit('error', error);
    else process.emitWarning(`a WebSocketServer without a listener for 'error': ${error.stack}`);
  }
}

/** What is inside of an emitter says nothing; the counters are in `stats()`. */
showAttributes(WebSocketServer, ['clients'], { clients: ({ size }: ReadonlySet<unknown>) => size });

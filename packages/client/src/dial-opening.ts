/**
 * The client's half of an opening handshake: dials the URL, asks for the upgrade, follows redirects,
 * and hands the socket over. There is one deadline for all of it, and one outcome.
 */
import { CLIENT, ConnectionError, Deadline, soon } from '@ws/connection';
import type { Opening, OpeningListener, Role, Session } from '@ws/connection';
import { connectError } from './connect-error';
import { isRedirect, redirected } from './redirects';
import { tracedConnect } from './diagnostics';
import type { ClientSettings } from './settings';
import type { Target } from './target';
import { askForUpgrade, attemptAt, sessionFrom } from './upgrade';
import type { Attempt } from './upgrade';

export class DialOpening implements Opening {
  readonly role: Role = CLIENT;
  readonly url: string;
  private readonly protocols: readonly string[];
  private readonly settings: ClientSettings;
  /** Ends whatever is in flight. */
  private readonly controller: AbortController = new AbortController();
  private attempt: Attempt;
  private listener: OpeningListener | null = null;
  private session: Session | null = null;
  private givenUp = false;
  private readonly deadline = new Deadline(() => {
    this.controller.abort(new ConnectionError('WS_ERR_HANDSHAKE_TIMEOUT'));
  });

  /** @throws {TypeError} a header of the settings cannot be sent */
  constructor(target: Target, protocols: readonly string[], settings: ClientSettings) {
    const { headers, tls } = settings;
    this.url = target.href;
    this.protocols = protocols;
    this.settings = settings;
    this.attempt = attemptAt({ target, headers, tls }, protocols, settings);
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
    if (this.givenUp) return;
    this.deadline.start(this.settings.handshakeTimeout);
    const { websocket } = listener;
    tracedConnect
      .run(
        () => this.dial(),
        () => ({ websocket }),
      )
      .then(
        () => this.open(),
        (error: unknown) => this.fail(error as Error),
      );
  }

  abort(reason: Error): void {
    this.givenUp = true;
    soon(() => this.fail(reason));
  }

  /** With a session as its outcome, or rejected with what the application is told. */
  private async dial(): Promise<void> {
    try {
      this.session = await this.negotiate();
    } catch (error) {
      throw this.reasonFor(error);
    }
  }

  private async negotiate(): Promise<Session> {
    const { settings, protocols } = this;
    const { signal } = this.controller;
    for (let redirects = 1; ; redirects++) {
      const { attempt } = this;
      const answer = await askForUpgrade(attempt, settings, signal);
      if (settings.redirects === null || !isRedirect(answer.statusCode)) {
        return sessionFrom(answer, attempt, settings, signal);
      }
      answer.destroy();
      const destination = redirected(attempt, answer, redirects, settings.redirects);
      this.attempt = attemptAt(destination, protocols, settings);
    }
  }

  private open(): void {
    const session = this.session!;
    const listener = this.finish();
    if (listener === null) {
      session.pipeline?.close();
      session.stream.destroy();
    } else listener.opened(session);
  }

  private fail(error: Error): void {
    const listener = this.finish();
    if (listener === null) return;
    this.controller.abort(error);
    listener.failed(error);
  }

  /** What ended the attempt itself says why; everything else is told as the network's reason. */
  private reasonFor(error: unknown): Error {
    const { signal } = this.controller;
    if (signal.aborted && error === signal.reason) return error as Error;
    return connectError(error, this.attempt.target.host);
  }

  /** @returns the listener, once: from now on there is an outcome */
  private finish(): OpeningListener | null {
    const { listener } = this;
    this.deadline.stop();
    this.listener = null;
    return listener;
  }
}

/**
 * One direction of a pipeline: its messages pass through the sessions one at a time, in order.
 *
 * As long as no session makes it wait, a message comes out by return: no promise, no closure and no
 * object is made for it. Behind a message that waits, all others wait in a queue. After the first
 * failure the lane is dead, and every message of its fails the same way.
 */
import type { Awaitable, ExtensionMessage, ExtensionSession } from './extension';

/** A message that has to wait, or that others wait for. */
interface Job {
  /** Others wait until this is done. */
  readonly start: () => Promise<void>;
  readonly reject: (error: unknown) => void;
  next: Job | null;
}

/** `Context` is what accompanies a message from session to session. */
export abstract class Lane<Context> {
  /** In the order in which messages pass through them. */
  readonly sessions: readonly ExtensionSession[];
  /** The job at work, with those that wait for it behind it; null when the lane is free. */
  #first: Job | null = null;
  #last: Job | null = null;
  #failed = false;
  #error: unknown = undefined;

  constructor(sessions: readonly ExtensionSession[]) {
    this.sessions = sessions;
  }

  /** Takes a message through all sessions. @throws what killed the lane */
  pass(message: ExtensionMessage, context: Context): Awaitable<ExtensionMessage> {
    this.check();
    if (this.#first !== null) return this.#wait(message, context);
    let result;
    try {
      result = this.#through(0, message, context);
    } catch (error) {
      throw this.break(error);
    }
    return isPromise(result) ? this.#begin(result) : result;
  }

  /** No message is at work. */
  get isFree(): boolean {
    return this.#first === null;
  }

  /** @throws what killed the lane */
  check(): void {
    if (this.#failed) throw this.#error;
  }

  /** Kills the lane with what has gone wrong, unless it is dead; returns what killed it. */
  break(error: unknown): unknown {
    this.fail(this.explain(error));
    return this.#error;
  }

  /**
   * Lines up for several steps: the lane is theirs from the call of `start` until its promise is
   * fulfilled. When it is free, that is at once.
   *
   * @param reject is told what killed the lane meanwhile
   */
  enter(start: Job['start'], reject: Job['reject']): void {
    const { isFree } = this;
    this.#line(start, reject);
    if (isFree) void this.#work();
  }

  /** Rejects what waits, and whatever comes, with `error`. Only the first failure counts. */
  fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#error = error;
    for (let job = this.#first; job !== null; job = job.next) job.reject(error);
    this.#first = this.#last = null;
  }

  /** Hands a message to one session. */
  protected abstract step(
    session: ExtensionSession,
    message: ExtensionMessage,
    context: Context,
  ): Awaitable<ExtensionMessage>;

  /** Throws when a session, the last or another, must not have made this of a message. */
  protected abstract judge(message: ExtensionMessage, context: Context, isLast: boolean): void;

  /** The error to fail with when a step has thrown `error`. */
  protected abstract explain(error: unknown): unknown;

  #through(from: number, message: ExtensionMessage, context: Context): Awaitable<ExtensionMessage> {
    const { sessions } = this;
    for (let at = from; at < sessions.length; at++) {
      const result = this.step(sessions[at]!, message, context);
      if (isPromise(result)) return this.#resume(at, result, context);
      this.judge(result, context, at === sessions.length - 1);
      message = result;
    }
    return message;
  }

  async #resume(
    at: number,
    result: Promise<ExtensionMessage>,
    context: Context,
  ): Promise<ExtensionMessage> {
    const message = await result;
    // Sessions are asked nothing once the lane is dead.
    this.check();
    this.judge(message, context, at === this.sessions.length - 1);
    return this.#through(at + 1, message, context);
  }

  #begin(result: Promise<ExtensionMessage>): Promise<ExtensionMessage> {
    const promise = this.#queue(() => result);
    void this.#work();
    return promise;
  }

  #wait(message: ExtensionMessage, context: Context): Promise<ExtensionMessage> {
    return this.#queue(() => this.#through(0, message, context));
  }

  #queue(pass: () => Awaitable<ExtensionMessage>): Promise<ExtensionMessage> {
    const promise = new Promise<ExtensionMessage>((resolve, reject) => {
      this.#line(async () => resolve(await pass()), reject);
    });
    // Whoever lost interest in the result, having closed the pipeline, need not handle its failure.
    promise.catch(() => undefined);
    return promise;
  }

  #line(start: Job['start'], reject: Job['reject']): void {
    const job: Job = { start, reject, next: null };
    if (this.#last === null) this.#first = job;
    else this.#last.next = job;
    this.#last = job;
  }

  async #work(): Promise<void> {
    try {
      for (let job = this.#first; job !== null; job = this.#next()) {
        await job.start();
        // Whoever awaits this result has it before a message can pass without waiting.
        await Promise.resolve();
      }
    } catch (error) {
      this.break(error);
    }
  }

  /** Lets go of the job that is done. */
  #next(): Job | null {
    this.#first = this.#first?.next ?? null;
    if (this.#first === null) this.#last = null;
    return this.#first;
  }
}

function isPromise(result: Awaitable<ExtensionMessage>): result is Promise<ExtensionMessage> {
  return 'then' in result;
}

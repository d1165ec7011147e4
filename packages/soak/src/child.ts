/**
 * A child process that answers calls: the parent's side (`Child`) and the child's (`answerCalls`).
 *
 * Calls are answered in order. A child ends when its parent lets go of it, so nothing outlives the
 * run; an interrupt from the keyboard, which all processes get, is for the parent to act on.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Tally } from './tally';

type Call = (...parameters: never[]) => unknown;
type Calls<C> = Record<keyof C, Call>;

interface Question {
  readonly name: string;
  readonly parameters: unknown[];
}

type Answer = { readonly value: unknown } | { readonly error: string };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const STOP_TIMEOUT_MS = 2000;

/** A running script whose calls are `C`. Whoever starts it must stop it. */
export class Child<C extends Calls<C>> {
  readonly #title: string;
  readonly #process: ChildProcess;
  readonly #waiting: Waiting[] = [];
  readonly #gone: Promise<void>;

  /** Starts `script`; `title` is how error messages call it. */
  constructor(title: string, script: string, nodeFlags: readonly string[] = []) {
    this.#title = title;
    this.#process = fork(script, [], { execArgv: [...nodeFlags] });
    this.#process.on('message', (answer: Answer) => {
      const { resolve, reject } = this.#waiting.shift()!;
      if ('error' in answer) reject(new Error(`${title}: ${answer.error}`));
      else resolve(answer.value as never);
    });
    this.#gone = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.on('exit', () => this.#fail());
    this.#process.on('error', () => this.#fail());
  }

  /**
   * Calls `name` in the child and resolves with what it returns.
   *
   * @throws {Error} when the call throws or the child ends.
   */
  ask<K extends keyof C & string>(
    name: K,
    ...parameters: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#process.connected) this.#fail();
      else this.#process.send({ name, parameters } satisfies Question);
    });
  }

  /** Lets the child end, and kills it if it does not. Resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    if (child.connected) child.disconnect();
    await this.#gone;
    clearTimeout(timer);
  }

  #fail(): void {
    const error = new Error(`${this.#title} has ended`);
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** In the child: answers the parent's calls with `calls` until the parent lets go. */
export function answerCalls<C extends Calls<C>>(calls: C): void {
  const handlers = new Map<string, (...parameters: unknown[]) => unknown>(Object.entries(calls));
  const answer = async ({ name, parameters }: Question): Promise<Answer> => {
    try {
      return { value: await handlers.get(name)!(...parameters) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (question: Question) => {
    last = last.then(() => answer(question)).then((result) => process.send?.(result));
  });
  process.on('disconnect', () => process.exit());
  process.on('SIGINT', () => undefined);
}

/** In the child: exceptions and rejections that nobody caught are counted, and the run goes on. */
export function countCrashes(tally: () => Tally): void {
  process.on('uncaughtException', (error, origin) => {
    const where = (error.stack ?? String(error)).split('\n').slice(0, 3);
    tally().add('crashes', [origin, ...where.map((line) => line.trim())].join(' '));
  });
}

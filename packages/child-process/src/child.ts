/**
 * The parent's side of a child process that answers calls.
 *
 * Answers come in the order of the calls, so the first call that waits is the one answered; a call
 * that is out of time keeps its place in the line for its answer, should it still come.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Answer, Calls, Question } from './calls';
import { launcherFor } from './pinning';

export interface ChildOptions {
  /** The arguments that the script sees. */
  readonly args?: readonly string[];
  /** The program that runs the script, and its arguments before it. Default: this Node. */
  readonly program?: readonly [path: string, ...args: string[]];
  /** Environment variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The processor core to run on; ignored where cores cannot be chosen. Default: any. */
  readonly core?: number;
  /** Milliseconds within which a call is answered. Default: 60,000. */
  readonly callTimeout?: number;
}

interface Waiting {
  readonly name: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const CALL_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 2_000;

/** A running script whose calls are `C`. Whoever starts it must stop it. */
export class Child<C extends Calls<C>> {
  readonly #title: string;
  readonly #callTimeout: number;
  readonly #process: ChildProcess;
  readonly #waiting: Waiting[] = [];
  readonly #gone: Promise<void>;

  /** Starts `script`; `title` is how error messages call it. */
  constructor(title: string, script: string, options: ChildOptions = {}) {
    const { args = [], program = [process.execPath], env, core } = options;
    this.#title = title;
    this.#callTimeout = options.callTimeout ?? CALL_TIMEOUT_MS;
    const launcher = launcherFor(program, core);
    this.#process = fork(script, args, { ...launcher, env: { ...process.env, ...env } });
    this.#process.on('message', (answer: Answer) => this.#settle(answer));
    this.#gone = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.on('exit', () => this.#fail());
    this.#process.on('error', () => this.#fail());
  }

  /**
   * Calls `name` in the child and resolves with what it returns.
   *
   * @throws {Error} when the call throws, the child ends, or no answer comes in time.
   */
  async ask<K extends keyof C & string>(
    name: K,
    ...parameters: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        const late = `${this.#title} gave no answer to '${name}' in ${this.#callTimeout / 1000} s`;
        timer = setTimeout(() => reject(new Error(late)), this.#callTimeout);
        this.#waiting.push({ name, resolve, reject });
        if (!this.#process.connected) this.#fail();
        else this.#process.send({ name, parameters } satisfies Question);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets the child end, and kills it if it does not. Resolves when it has ended. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    if (child.connected) child.disconnect();
    await this.#gone;
    clearTimeout(timer);
  }

  #settle(answer: Answer): void {
    const { resolve, reject } = this.#waiting.shift()!;
    if ('error' in answer) reject(new Error(`${this.#title}: ${answer.error}`));
    else resolve(answer.value as never);
  }

  #fail(): void {
    for (const { name, reject } of this.#waiting.splice(0)) {
      reject(new Error(`${this.#title} ended during '${name}'`));
    }
  }
}

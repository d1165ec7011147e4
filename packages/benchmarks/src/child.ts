/**
 * A child process that answers calls: the parent's side (`Child`) and the child's (`answerCalls`).
 *
 * One call at a time; a call that gets no answer in time, or whose child ends, rejects. A child
 * ends when its parent lets go of it, so nothing outlives the run, however the run ends.
 */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';

type Call = (...parameters: never[]) => unknown;
type Calls<C> = Record<keyof C, Call>;

interface Question {
  readonly name: string;
  readonly parameters: unknown[];
}

type Answer = { readonly value: unknown } | { readonly error: string };

export interface ChildOptions {
  /** The arguments the script sees. */
  readonly args?: readonly string[];
  /** Flags for Node itself. */
  readonly nodeFlags?: readonly string[];
  /** The core to run on; ignored where cores cannot be chosen. */
  readonly core: number;
}

const CALL_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 2_000;

/** True when processes can be pinned and there is a core each for the server and the load. */
export const CAN_PIN: boolean = availableParallelism() > 1 && [0, 1].every(isCoreUsable);

function isCoreUsable(core: number): boolean {
  return spawnSync('taskset', ['-c', String(core), 'true'], { stdio: 'ignore' }).status === 0;
}

/** A running script whose calls are `C`. Whoever starts it must stop it. */
export class Child<C extends Calls<C>> {
  readonly #title: string;
  readonly #process: ChildProcess;

  /** Starts `script`; `title` is how error messages call it. */
  constructor(title: string, script: string, options: ChildOptions) {
    const { args = [], nodeFlags = [], core } = options;
    this.#title = title;
    const launcher = CAN_PIN
      ? { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath, ...nodeFlags] }
      : { execArgv: [...nodeFlags] };
    this.#process = fork(script, args, launcher);
  }

  /**
   * Calls `name` in the child and resolves with what it returns.
   *
   * @throws {Error} when the call throws, the child ends, or a minute passes without an answer.
   */
  ask<K extends keyof C & string>(
    name: K,
    ...parameters: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> {
    const child = this.#process;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onEnd).off('error', fail);
        finish();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const onEnd = (): void => fail(new Error(`${this.#title} ended during '${name}'`));
      const onMessage = (answer: Answer): void => {
        if ('error' in answer) fail(new Error(`${this.#title}: ${answer.error}`));
        else settle(() => resolve(answer.value as Awaited<ReturnType<C[K]>>));
      };
      const timer = setTimeout(() => {
        fail(
          new Error(`${this.#title} gave no answer to '${name}' in ${CALL_TIMEOUT_MS / 1000} s`),
        );
      }, CALL_TIMEOUT_MS);
      child.on('message', onMessage).on('exit', onEnd).on('error', fail);
      if (!child.connected) return onEnd();
      child.send({ name, parameters } satisfies Question);
    });
  }

  /** Lets the child end, and kills it if it does not. Resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    if (child.connected) child.disconnect();
    await gone;
    clearTimeout(timer);
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
  process.on('message', (question: Question) => {
    void answer(question).then((result) => process.send!(result));
  });
  process.on('disconnect', () => process.exit());
}

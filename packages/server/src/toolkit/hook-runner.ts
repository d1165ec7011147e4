/**
 * Asks the application's `upgrade` hook about clients: about so many at a time, and for so long. Whatever it
 * does, each client gets one answer.
 */
import { isError } from '@ws/common';
import { Deadline } from '@ws/connection';
import { holdUpgrade } from '../hold-upgrade';
import { RefusedError } from '../refused-error';
import { claim, unclaim } from '../socket-taken';
import { checkedResult } from './acceptance';
import type { Acceptance, UpgradeHook } from './acceptance';
import { tracedUpgrade } from './diagnostics';
import type { UpgradeTraced } from './diagnostics';
import type { UpgradeContext } from './upgrade-context';
import type { Attempt } from './attempt';

/** Why a client gets no answer of the hook's. */
export type HookFailure = 'busy' | 'timeout' | 'closing' | 'gone' | 'thrown';

/** What came of asking. */
export type HookAnswer<Data> =
  | { readonly kind: 'accepted'; readonly acceptance: Acceptance<Data> }
  | { readonly kind: 'refused'; readonly refusal: RefusedError }
  | { readonly kind: HookFailure; readonly cause?: unknown };

export class HookRunner<Data, Path extends string> {
  readonly #hook: UpgradeHook<Data, Path>;
  readonly #timeout: number;
  readonly #most: number;
  readonly #waiting = new Set<(answer: HookAnswer<Data>) => void>();

  /**
   * @param timeout milliseconds that a client waits
   * @param most how many clients may wait
   */
  constructor(hook: UpgradeHook<Data, Path>, timeout: number, most: number) {
    this.#hook = hook;
    this.#timeout = timeout;
    this.#most = most;
  }

  /** How many clients wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Asks about a client, whose socket is held meanwhile, and nobody else's. Never rejects. */
  ask(attempt: Attempt<Path>): Promise<HookAnswer<Data>> {
    if (this.#waiting.size >= this.#most) return Promise.resolve({ kind: 'busy' });
    return new Promise((resolve) => {
      const { socket } = attempt;
      const left = holdUpgrade(socket);
      claim(socket);
      const deadline = new Deadline(() => settle({ kind: 'timeout' }));
      const leave = (): void => settle({ kind: 'gone', cause: left.reason });
      const settle = (answer: HookAnswer<Data>): void => {
        if (!this.#waiting.delete(settle)) return;
        unclaim(socket);
        deadline.stop();
        left.removeEventListener('abort', leave);
        resolve(answer);
        if (isFailure(answer)) attempt.giveUp(reasonOf(answer));
      };
      this.#waiting.add(settle);
      deadline.start(this.#timeout);
      left.addEventListener('abort', leave);
      if (left.aborted) leave();
      else void this.#run(attempt).then(settle);
    });
  }

  /** All that wait are answered that the server closes. */
  close(): void {
    for (const settle of this.#waiting) settle({ kind: 'closing' });
  }

  async #run({ context }: Attempt<Path>): Promise<HookAnswer<Data>> {
    const message = (): UpgradeTraced<Path> => ({ context, route: context.pattern });
    try {
      const result = await tracedUpgrade.run(() => this.#result(context), message);
      if (result instanceof RefusedError) return { kind: 'refused', refusal: result };
      return { kind: 'accepted', acceptance: result };
    } catch (error) {
      return { kind: 'thrown', cause: error };
    }
  }

  /** A refusal that is thrown is a result as one that is returned. */
  async #result(context: UpgradeContext<Path>): Promise<Acceptance<Data> | RefusedError> {
    try {
      return checkedResult<Data>(await this.#hook(context));
    } catch (error) {
      if (error instanceof RefusedError) return error;
      throw error;
    }
  }
}

type Failed<Data> = Extract<HookAnswer<Data>, { readonly kind: HookFailure }>;

/** Whether the client has been answered, or has left, while the hook may be still at work. */
function isFailure<Data>(answer: HookAnswer<Data>): answer is Failed<Data> {
  return answer.kind !== 'accepted' && answer.kind !== 'refused' && answer.kind !== 'thrown';
}

const REASONS: Readonly<Record<HookFailure, string>> = {
  busy: 'too many clients wait',
  timeout: 'the time to answer the client is over',
  closing: 'the server closes',
  gone: 'the client has left',
  thrown: 'the hook has failed',
};

function reasonOf<Data>({ kind, cause }: Failed<Data>): Error {
  return isError(cause) ? cause : new Error(REASONS[kind]);
}

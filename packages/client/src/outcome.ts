/** One thing in flight, and the promise of what becomes of it. */

/** What can be given up: a socket, a request, a response. */
export interface Destroyable {
  destroy(): unknown;
}

/** Who is told what became of it: the first call counts. */
export interface Settle<Outcome> {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Waits for what becomes of `thing`.
 *
 * Whenever the promise rejects, `thing` is destroyed; when `signal` aborts, both happens at once,
 * with the signal's reason.
 *
 * @param listen attaches the listeners that settle the promise
 */
export function outcomeOf<Outcome>(
  thing: Destroyable,
  signal: AbortSignal,
  listen: (settle: Settle<Outcome>) => void,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', abort);
      thing.destroy();
      reject(error);
    };
    const abort = (): void => fail(signal.reason as Error);
    listen({
      resolve: (outcome) => {
        signal.removeEventListener('abort', abort);
        resolve(outcome);
      },
      reject: fail,
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** For streams whose errors somebody else hears of: nothing that a network does may crash a process. */
export function ignoreError(): void {}

/**
 * A message in parts on its way through a lane: it has the lane to itself from its first step to its
 * last, and what was passed meanwhile waits behind it.
 */
import type { Awaitable } from './extension';
import type { Lane } from './lane';

export class Passage {
  readonly #lane: Lane<never>;
  /** Before the first step, null; then fulfilled when the lane is this message's. */
  #turn: Promise<void> | null = null;
  #isInside = false;
  #isBusy = false;
  #isOver = false;
  /** Gives the lane to the next. */
  #leave: () => void = () => undefined;
  /** Rejects the step that is awaited. */
  #reject: (error: unknown) => void = () => undefined;

  constructor(lane: Lane<never>) {
    this.#lane = lane;
  }

  /**
   * Takes a step, once all that came before this message is done.
   *
   * @param isLast the lane is given to the next message once it is done
   * @throws (or rejects with) what killed the lane, such as what `run` throws; an error, without
   *   effect, when the step before is not done, or was the last
   */
  step<T>(run: () => Awaitable<T>, isLast: boolean): Awaitable<T> {
    this.#lane.check();
    if (this.#isBusy || this.#isOver) throw misplaced(this.#isOver);
    this.#isOver = isLast;
    // A message of one part takes no turn for itself, unless there is something to wait for.
    const isAlone = isLast && this.#turn === null && this.#lane.isFree;
    if (this.#turn === null && !isAlone) this.#enter();
    if (!this.#isInside && !isAlone) return this.#await(this.#whenInside(run), isLast);
    let result;
    try {
      result = run();
    } catch (error) {
      throw this.#lane.break(error);
    }
    if (isAlone && isPromise(result)) this.#enter();
    if (isPromise(result)) return this.#await(result, isLast);
    if (isLast) this.#leave();
    return result;
  }

  async #whenInside<T>(run: () => Awaitable<T>): Promise<T> {
    await this.#turn;
    this.#lane.check();
    return run();
  }

  #enter(): void {
    const left = new Promise<void>((resolve) => (this.#leave = resolve));
    this.#turn = new Promise((resolve) => {
      const start = (): Promise<void> => {
        this.#isInside = true;
        resolve();
        return left;
      };
      this.#lane.enter(start, (error) => {
        this.#leave();
        this.#reject(error);
      });
    });
  }

  #await<T>(result: Promise<T>, isLast: boolean): Promise<T> {
    this.#isBusy = true;
    const promise = new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      result.then(
        (value) => {
          this.#isBusy = false;
          if (isLast) this.#leave();
          resolve(value);
        },
        (error: unknown) => this.#reject(this.#lane.break(error)),
      );
    });
    // Whoever lost interest in the result, having closed the pipeline, need not handle its failure.
    promise.catch(() => undefined);
    return promise;
  }
}

/** Whether there is something to wait for. */
export function isPromise<T>(result: Awaitable<T>): result is Promise<T> {
  return typeof result === 'object' && result !== null && 'then' in result;
}

function misplaced(isOver: boolean): Error {
  const reason = isOver ? 'behind the last one' : 'before the one before it was done';
  return new Error(`a part of a message was pushed ${reason}`);
}

/** Sources of messages in parts, under the test's control, and what becomes of the promise. */
import { settled } from './duplex-pair';

/** The error that a promise is rejected with. */
export async function failure(
  promise: Promise<void>,
): Promise<{ readonly code?: string; readonly cause?: unknown }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was sent');
}

/** A source that the test feeds, and that knows how it ended. */
export class FedSource implements AsyncIterableIterator<string> {
  asked = 0;
  returned = 0;
  private answer: ((result: IteratorResult<string>) => void) | null = null;
  private refuse: ((error: unknown) => void) | null = null;

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string>> {
    this.asked++;
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.refuse = reject;
    });
  }

  return(): Promise<IteratorResult<string>> {
    this.returned++;
    return Promise.resolve({ done: true, value: undefined });
  }

  async give(value: string): Promise<void> {
    this.answer?.({ done: false, value });
    await settled();
  }

  async end(): Promise<void> {
    this.answer?.({ done: true, value: undefined });
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.refuse?.(error);
    await settled();
  }
}

export async function* iterate<T>(...chunks: T[]): AsyncGenerator<T> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

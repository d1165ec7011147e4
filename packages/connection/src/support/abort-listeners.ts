/**
 * What is to be done when an AbortSignal aborts. However much that is, a signal has one listener of
 * this library's, and none when nothing is left to be done: a signal may live as long as the process,
 * and must not keep what it has outlived.
 */
import { reportThrown } from './callbacks';

/** Each entry is a registration of its own, though two may have the same action. */
interface Waiting {
  readonly action: () => void;
}

const waitingFor = new WeakMap<AbortSignal, AbortListener>();

/** Whether a value is an AbortSignal, of this realm or of another. */
export function isAbortSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener } = value as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

/**
 * Calls `action` when the signal aborts; at once if it has already.
 *
 * @returns forgets the action; without effect when it was called, or forgotten, before
 */
export function whenAborted(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) {
    action();
    return () => undefined;
  }
  let listener = waitingFor.get(signal);
  if (listener === undefined) waitingFor.set(signal, (listener = new AbortListener(signal)));
  return listener.add(action);
}

/** How many actions wait for a signal. */
export function waitingActions(signal: AbortSignal): number {
  return waitingFor.get(signal)?.size ?? 0;
}

class AbortListener {
  private readonly signal: AbortSignal;
  private readonly waiting = new Set<Waiting>();

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  get size(): number {
    return this.waiting.size;
  }

  add(action: () => void): () => void {
    const { signal, waiting } = this;
    const entry: Waiting = { action };
    if (waiting.size === 0) signal.addEventListener('abort', this.onAbort);
    waiting.add(entry);
    return () => {
      if (waiting.delete(entry) && waiting.size === 0) {
        signal.removeEventListener('abort', this.onAbort);
      }
    };
  }

  /** An action that another one has forgotten in the meantime is not called. */
  private readonly onAbort = (): void => {
    const { signal, waiting } = this;
    signal.removeEventListener('abort', this.onAbort);
    for (const entry of waiting) {
      waiting.delete(entry);
      try {
        entry.action();
      } catch (error) {
        reportThrown(error);
      }
    }
  };
}

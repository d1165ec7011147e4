/** What takes time, for tracing (`tracingChannel` of `node:diagnostics_channel`), in hosts that have it. */
import * as diagnostics from 'node:diagnostics_channel';
import type { Channel, TracingChannel } from 'node:diagnostics_channel';

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

export class Traced {
  readonly #tracing: TracingChannel | null;

  /** @param name the channels are `tracing:${name}:start`, `end`, `asyncStart`, `asyncEnd` and `error` */
  constructor(name: string) {
    const { tracingChannel } = diagnostics as Partial<typeof diagnostics>;
    this.#tracing = tracingChannel === undefined ? null : tracingChannel(name);
  }

  /**
   * Runs something, in the async contexts that subscribers have bound to `start`. What comes of it is
   * the message's `result` or `error`.
   *
   * @param message made only where somebody has subscribed
   */
  run<Result>(run: () => Promise<Result>, message: () => object): Promise<Result> {
    const tracing = this.#tracing;
    if (tracing === null || !hasSubscribers(tracing)) return run();
    return tracing.tracePromise(run, message());
  }
}

/** Old versions of Node do not say it of all five at once. */
function hasSubscribers(tracing: TracingChannel): boolean {
  return EVENTS.some((event) => (tracing[event] as Channel).hasSubscribers);
}

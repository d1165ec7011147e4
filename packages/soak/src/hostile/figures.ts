/** What an innocent client saw, in a few figures. */

/** Milliseconds, but for the counts. */
export interface Figures {
  readonly median: number;
  /** 99 of 100 were at most this long. */
  readonly p99: number;
  readonly max: number;
  /** How late the client itself was: 99 of 100 of its own timers were at most so late. */
  readonly ownDelay: number;
  /** Messages that had not come back in the end; each counts as long as it had been waited for. */
  readonly unanswered: number;
}

/**
 * The value that `share` of all values do not exceed.
 *
 * @param sorted in ascending order; 0 is returned when there are none
 */
export function quantile(sorted: Float64Array, share: number): number {
  const index = Math.ceil(sorted.length * share) - 1;
  return sorted[Math.max(0, index)] ?? 0;
}

export function figuresOf(
  roundTrips: readonly number[],
  waiting: readonly number[],
  delays: readonly number[],
): Figures {
  const sorted = Float64Array.from([...roundTrips, ...waiting]).sort();
  return {
    median: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
    ownDelay: quantile(Float64Array.from(delays).sort(), 0.99),
    unanswered: waiting.length,
  };
}

/** What a few measurements of the same thing come to. */

/** From so many values on the lowest and the highest are left out of the spread. */
const ENOUGH_TO_TRIM = 5;

/** The middle value, or the mean of the two in the middle. @throws {RangeError} when empty. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no median of no values');
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Half of the distance between the lowest and the highest value, as a part of the median; of five
 * values or more without those two. 0 when the median is.
 *
 * @throws {RangeError} when empty.
 */
export function spread(values: readonly number[]): number {
  const middle = median(values);
  const sorted = ascending(values);
  const kept = sorted.length < ENOUGH_TO_TRIM ? sorted : sorted.slice(1, -1);
  return middle === 0 ? 0 : (kept.at(-1)! - kept[0]!) / 2 / middle;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

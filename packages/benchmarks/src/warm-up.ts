/** How long code runs before it is measured. */

/** A load shorter than a quarter of a second only shows that the command works. */
const MOST_PER_COUNTED_SECOND = 10;

/** The `usual` warm-up, in seconds, and less than that before a counted load that shows nothing anyway. */
export function warmUpFor(usual: number, counted: number): number {
  return Math.min(usual, MOST_PER_COUNTED_SECOND * counted);
}

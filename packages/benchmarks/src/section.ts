/** What one bench found, as figures: what is shown as a table or chart, and kept as JSON. */
import { spread } from '@ws/reporting';
import type { Result } from './matrix';

export interface Section {
  readonly name: string;
  /** What was measured. */
  readonly title: string;
  readonly unit: string;
  /**
   * What the figures are compared by: how much more a core carries than with the yardstick, or the
   * figures themselves. Less is better in either case.
   */
  readonly compared: 'by capacity' | 'as they are';
  /** Which of its samples stands for a result. */
  readonly shown: 'median' | 'most';
  /** Rows that are points of curves, if they are. */
  readonly curves?: readonly Curve[] | undefined;
  readonly results: readonly Result<number>[];
}

/** What is shown of something that grows. */
export interface Curve {
  readonly title: string;
  /** By growing `at`. */
  readonly points: readonly CurvePoint[];
}

export interface CurvePoint {
  readonly row: string;
  /** How much there is of what grows. */
  readonly at: number;
  /** The same, in a word. */
  readonly label: string;
}

/** The peer that the others are compared with. */
export const YARDSTICK = 'ws';

/** Samples further apart than that from their median are measured again, and marked if they stay so. */
const WIDE = 0.1;

export function isWide(samples: readonly number[]): boolean {
  return spread(samples) > WIDE;
}

/** The results of a section by row and peer. */
import { median, spread } from '@ws/reporting';
import type { Result } from './matrix';
import { isWide, YARDSTICK, type Section } from './section';

/** One peer in one row. */
export type Entry =
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'no part' };

export interface Figure {
  readonly value: number;
  /** How much more a core carries than with the yardstick, where that is what is compared. */
  readonly capacity: number | undefined;
  /** How far the samples lie apart, as a part of the value. */
  readonly spread: number;
  /** Whether that is too far. */
  readonly isWide: boolean;
}

export class Grid {
  readonly rows: readonly string[];
  readonly peers: readonly string[];
  readonly #section: Section;
  readonly #results: ReadonlyMap<string, Result<number>>;

  constructor(section: Section) {
    const { results } = section;
    this.#section = section;
    this.rows = [...new Set(results.map(({ row }) => row))];
    this.peers = [...new Set(results.map(({ peer }) => peer))];
    this.#results = new Map(results.map((result) => [keyOf(result.row, result.peer), result]));
  }

  at(row: string, peer: string): Entry {
    const result = this.#results.get(keyOf(row, peer));
    if (result?.error !== undefined) return { kind: 'failed', error: result.error };
    if (result === undefined || result.samples.length === 0) return { kind: 'no part' };
    return { kind: 'figure', figure: this.#figureOf(result) };
  }

  /** The figure there, if there is one. */
  figureAt(row: string, peer: string): Figure | undefined {
    const entry = this.at(row, peer);
    return entry.kind === 'figure' ? entry.figure : undefined;
  }

  #figureOf({ row, samples }: Result<number>): Figure {
    const { shown, compared } = this.#section;
    const value = shown === 'most' ? Math.max(...samples) : median(samples);
    const yardstick = compared === 'by capacity' ? this.#yardstickIn(row) : undefined;
    return {
      value,
      capacity: yardstick === undefined ? undefined : median(yardstick.samples) / value,
      spread: spread(samples),
      isWide: shown === 'median' && isWide(samples),
    };
  }

  #yardstickIn(row: string): Result<number> | undefined {
    const result = this.#results.get(keyOf(row, YARDSTICK));
    const isThere = result?.error === undefined && (result?.samples.length ?? 0) > 0;
    return isThere ? result : undefined;
  }
}

function keyOf(row: string, peer: string): string {
  return JSON.stringify([row, peer]);
}

/** What can be measured: rows, peers, and how to come to a section of the report. */
import type { Runtime } from './runtimes';
import { runMatrix, type MatrixProgress, type Result } from './matrix';
import { isWide, type Section } from './section';

/** What is common to all kinds of samples. */
interface Common extends Pick<
  Section,
  'name' | 'title' | 'unit' | 'compared' | 'shown' | 'curves'
> {
  /** The option that asks for it. Default: its name. */
  readonly option?: string;
  /** What of it is measured by `--quick`. Default: all its rows, with its usual peers. */
  readonly quick?: Pick<Selection, 'rows' | 'peers'>;
  /** Every peer that can be measured. */
  readonly peers: readonly string[];
  /** Those that are, unless others are asked for. */
  readonly usualPeers: readonly string[];
  readonly runtimeOf: (peer: string) => Runtime;
}

/** A bench that measures samples `T` in rows `R`. */
export interface BenchPlan<R extends { readonly name: string }, T> extends Common {
  readonly rows: readonly R[];
  readonly takesPart: (peer: string, row: R) => boolean;
  /** @param seconds how long the counted part lasts, about, where that can be chosen */
  readonly measure: (peer: string, row: R, seconds: number) => Promise<T>;
  /** Makes a result a number, or several. */
  readonly figures: (result: Result<T>) => Result<number>[];
}

/** What of a bench to run, and how. */
export interface Selection {
  readonly rows: readonly string[];
  readonly peers: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
}

export interface Bench extends Common {
  /** The names of its rows. */
  readonly rows: readonly string[];
  run(selection: Selection, progress: MatrixProgress): Promise<Section>;
}

export function benchOf<R extends { readonly name: string }, T>(plan: BenchPlan<R, T>): Bench {
  const rows = new Map(plan.rows.map((row) => [row.name, row]));
  return {
    ...plan,
    rows: [...rows.keys()],
    async run({ rows: selected, peers, rounds, seconds }, progress) {
      const results = await runMatrix({
        rows: selected,
        peers,
        rounds,
        takesPart: (peer, row) => plan.takesPart(peer, rows.get(row)!),
        measure: (peer, row) => plan.measure(peer, rows.get(row)!, seconds),
        isWide: (samples) => hasWideFigures(plan, samples),
        progress,
      });
      const { name, title, unit, compared, shown, curves } = plan;
      const figures = results.flatMap(plan.figures);
      return { name, title, unit, compared, shown, curves, results: figures };
    },
  };
}

/** The worst of the rounds is no less so for lying apart. */
function hasWideFigures<R extends { readonly name: string }, T>(
  { figures, shown }: BenchPlan<R, T>,
  samples: readonly T[],
): boolean {
  if (shown === 'most') return false;
  const results = figures({ row: '', peer: '', samples: [...samples] });
  return results.some((result) => isWide(result.samples));
}

/** Makes one result several: a row for each of `measures`. */
export function split<T>(
  result: Result<T>,
  measures: Readonly<Record<string, (sample: T) => number>>,
): Result<number>[] {
  return Object.entries(measures).map(([name, measure]) => ({
    ...result,
    row: `${result.row}: ${name}`,
    samples: result.samples.map(measure),
  }));
}

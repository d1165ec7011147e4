/**
 * The matrix: every row measured in interleaved rounds (peer A, B, C, A, B, C, …), so that a busy
 * minute of the machine is shared by all.
 *
 * Peers whose samples lie too far apart are measured in as many rounds again. A peer that fails in a
 * row is left out of the rest of it; the others go on. One that takes no part in a row has no samples there.
 */

/** The samples of one peer in one row, one per round; fewer when it failed, none when it took no part. */
export interface Result<T> {
  readonly row: string;
  readonly peer: string;
  readonly samples: T[];
  /** Why the peer failed, if it did. */
  error?: string;
}

export interface MatrixPlan<T> {
  readonly rows: readonly string[];
  readonly peers: readonly string[];
  readonly rounds: number;
  readonly takesPart: (peer: string, row: string) => boolean;
  readonly measure: (peer: string, row: string) => Promise<T>;
  /** Whether samples lie too far apart. */
  readonly isWide: (samples: readonly T[]) => boolean;
  readonly progress: MatrixProgress;
}

export interface MatrixProgress {
  /** Called before each measurement. `total` is what is planned so far. */
  readonly show: (step: { done: number; total: number; text: string }) => void;
  /** Called when a peer fails. */
  readonly note: (text: string) => void;
}

export async function runMatrix<T>(plan: MatrixPlan<T>): Promise<Result<T>[]> {
  return new Run(plan).run();
}

class Run<T> {
  readonly #plan: MatrixPlan<T>;
  #done = 0;
  #total: number;

  constructor(plan: MatrixPlan<T>) {
    this.#plan = plan;
    const { rows, peers, rounds, takesPart } = plan;
    const pairs = rows.flatMap((row) => peers.filter((peer) => takesPart(peer, row)));
    this.#total = pairs.length * rounds;
  }

  async run(): Promise<Result<T>[]> {
    const { rows, peers, takesPart, isWide } = this.#plan;
    const results: Result<T>[] = [];
    for (const row of rows) {
      const inRow = peers.map((peer): Result<T> => ({ row, peer, samples: [] }));
      await this.#sampleAll(inRow.filter(({ peer }) => takesPart(peer, row)));
      const wide = inRow.filter(({ samples }) => samples.length > 0 && isWide(samples));
      this.#total += wide.length * this.#plan.rounds;
      await this.#sampleAll(wide);
      results.push(...inRow);
    }
    return results;
  }

  async #sampleAll(results: readonly Result<T>[]): Promise<void> {
    for (let round = 0; round < this.#plan.rounds; round++) {
      for (const result of results) await this.#sample(result);
    }
  }

  async #sample(result: Result<T>): Promise<void> {
    const { measure, progress } = this.#plan;
    const { row, peer, error } = result;
    progress.show({ done: this.#done++, total: this.#total, text: `${row} · ${peer}` });
    if (error !== undefined) return;
    try {
      result.samples.push(await measure(peer, row));
    } catch (cause) {
      result.error = cause instanceof Error ? cause.message : String(cause);
      progress.note(`${peer} failed in '${row}': ${result.error}`);
    }
  }
}

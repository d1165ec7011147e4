/**
 * The matrix: every row measured in interleaved rounds (peer A, B, C, A, B, C, …), so that a busy
 * minute of the machine is shared by all.
 *
 * A peer that fails in a row is left out of the rest of it; the others go on. One that takes no part
 * in a row has no samples there.
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
  /** Told what is about to be measured. */
  readonly progress: (text: string) => void;
}

export async function runMatrix<T>(plan: MatrixPlan<T>): Promise<Result<T>[]> {
  const results: Result<T>[] = [];
  for (const [index, row] of plan.rows.entries()) {
    plan.progress(`${index + 1}/${plan.rows.length} ${row}`);
    const inRow = plan.peers.map((peer): Result<T> => ({ row, peer, samples: [] }));
    for (let round = 0; round < plan.rounds; round++) {
      for (const result of inRow.filter(({ peer }) => plan.takesPart(peer, row))) {
        await sample(result, plan);
      }
    }
    results.push(...inRow);
  }
  return results;
}

async function sample<T>(result: Result<T>, { measure, progress }: MatrixPlan<T>): Promise<void> {
  if (result.error !== undefined) return;
  try {
    result.samples.push(await measure(result.peer, result.row));
  } catch (error) {
    result.error = error instanceof Error ? error.message : String(error);
    progress(`${result.peer} failed in '${result.row}': ${result.error}`);
  }
}

/**
 * Models that take turns until the time is up or one of them fails. A turn is as many runs as the
 * model's tests make, with a seed of its own: any turn can be had again by its seed alone.
 */
import fc from 'fast-check';
import type { Model } from './model';

export interface Plan {
  readonly models: readonly Model[];
  /** Of the first turn; every further turn has the next one. */
  readonly seed: number;
  /** Whether the time is up; asked after every turn. */
  isOver(): boolean;
  /** Told before every turn. */
  onTurn(turn: Turn): void;
}

export interface Turn {
  readonly model: Model;
  readonly seed: number;
  /** Of all models so far. */
  readonly runs: number;
}

/** An input that breaks a model's law, made as small as possible. */
export interface Failure {
  readonly model: Model;
  readonly seed: number;
  /** Leads to the input, with the seed. */
  readonly path: string;
  /** The input, and how it breaks the law. */
  readonly report: string;
}

export interface Result {
  /** Runs of each model. */
  readonly counts: ReadonlyMap<Model, number>;
  readonly failure: Failure | null;
}

export async function takeTurns(plan: Plan): Promise<Result> {
  const { models, seed } = plan;
  const counts = new Map(models.map((model) => [model, 0]));
  let runs = 0;
  for (let turn = 0; turn === 0 || !plan.isOver(); turn++) {
    const model = models[turn % models.length]!;
    const turnSeed = (seed + turn) | 0;
    plan.onTurn({ model, seed: turnSeed, runs });
    const details = await fc.check(model.property, { numRuns: model.runs, seed: turnSeed });
    runs += details.numRuns;
    counts.set(model, counts.get(model)! + details.numRuns);
    const failure = failureOf(model, details);
    if (failure !== null) return { counts, failure };
  }
  return { counts, failure: null };
}

/** Runs one input again; or if the path does not lead to it, which it need not for commands, the turn. */
export async function repeat(model: Model, seed: number, path: string): Promise<Failure | null> {
  const settings = { seed, numRuns: model.runs };
  const alone = await fc.check(model.property, { ...settings, path, endOnFailure: true });
  return failureOf(model, alone) ?? failureOf(model, await fc.check(model.property, settings));
}

function failureOf(model: Model, details: fc.RunDetails<unknown>): Failure | null {
  if (!details.failed) return null;
  const { seed, counterexamplePath } = details;
  const report = fc.defaultReportMessage(details);
  const { errorInstance } = details;
  const stack = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  return { model, seed, path: counterexamplePath ?? '0', report: `${report}\n\n${stack ?? ''}` };
}

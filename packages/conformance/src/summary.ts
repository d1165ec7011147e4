/** The results in a few lines of plain text. */
import { isFine, verdictText } from './engine/result';
import type { CaseResult } from './engine/result';
import type { Difference } from './expected';

/** Counts of verdicts, and every case that is not fine with its reason. */
export function summarize(title: string, results: readonly CaseResult[]): string {
  const counts = countVerdicts(results).map(([verdict, count]) => `  ${count} ${verdict}`);
  const bad = results.filter((result) => !isFine(result));
  const lines = bad.map(
    (result) => `  ${result.id} ${result.title}: ${verdictText(result)}: ${result.reason}`,
  );
  return [title, ...counts, ...lines].join('\n');
}

/** The most frequent first. */
export function countVerdicts(results: readonly CaseResult[]): [verdict: string, count: number][] {
  const counts = new Map<string, number>();
  for (const result of results) {
    const verdict = verdictText(result);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

export function describeDifferences(title: string, differences: readonly Difference[]): string {
  const lines = differences.map(
    ({ id, expected, actual }) => `  ${id}: ${actual}, expected ${expected}`,
  );
  return [`${title}: other than expected`, ...lines].join('\n');
}

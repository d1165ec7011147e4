/** What is printed at the end of a run in which every law held. */
import type { Result } from './turns';

/** How often each model ran, and in one line what follows from it. */
export function summaryOf({ counts }: Result, seconds: number): string {
  const rows = [...counts].map(([{ name }, runs]) => [name, runs] as const);
  const total = rows.reduce((sum, [, runs]) => sum + runs, 0);
  const lines = rows.map(([name, runs]) => `${name.padEnd(20)} ${String(runs).padStart(12)}`);
  const models = rows.length === 1 ? '1 model' : `${rows.length} models`;
  const all = `${total.toLocaleString('en')} inputs for ${models} in ${seconds.toFixed(1)} s`;
  return [...lines, `No law was broken: ${all}, Node ${process.version}.`].join('\n');
}

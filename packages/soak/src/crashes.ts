/** What would end a process of the run is counted, and the run goes on. */
import type { Tally } from './tally';

/** Counts the exceptions and rejections of this process that nobody caught. */
export function countCrashes(tally: () => Tally): void {
  process.on('uncaughtException', (error, origin) => {
    const where = (error.stack ?? String(error)).split('\n').slice(0, 3);
    tally().add('crashes', [origin, ...where.map((line) => line.trim())].join(' '));
  });
}

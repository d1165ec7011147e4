/** How the run stands, in a line. */
import { megabytes, number } from '@ws/reporting';
import type { Status } from './run';
import { countOf, totalOf } from './tally';

export function progressText(status: Status, previous: Status | null): string {
  const { phase, live, outstanding, server, tallied } = status;
  const bad = countOf(tallied, 'messages', 'lost') + countOf(tallied, 'messages', 'wrong');
  return [
    ...(phase === 'ending' ? ['ending'] : []),
    `${number(live)} connections`,
    `${number(rate(status, previous))} messages/s`,
    `${number(outstanding)} outstanding`,
    `RSS ${megabytes(server.rss)}`,
    `heap ${megabytes(server.heapUsed)}`,
    `${number(bad)} lost`,
    `${number(totalOf(tallied, 'unexpected') + totalOf(tallied, 'crashes'))} unexpected`,
    `${number(totalOf(tallied, 'errors'))} errors`,
  ].join(' · ');
}

function rate(status: Status, previous: Status | null): number {
  const since = status.seconds - (previous?.seconds ?? 0);
  const echoed = countOf(status.tallied, 'messages', 'echoed');
  return (echoed - countOf(previous?.tallied ?? {}, 'messages', 'echoed')) / since;
}

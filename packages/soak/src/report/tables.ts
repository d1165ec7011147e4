/** The result as tables, for whichever form the report takes. */
import { clock, megabytes, number } from '@ws/reporting';
import { countOf, totalOf, type Counts, type Group } from '../tally';
import type { Result } from './verdicts';

export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

const GROUPS: readonly (readonly [Group, title: string])[] = [
  ['unexpected', 'Unexpected endings'],
  ['crashes', 'Crashes'],
  ['messages', 'Messages'],
  ['ended', 'Connections ended'],
  ['opened', 'Connections opened'],
  ['features', 'Among them'],
  ['errors', 'Errors that the faults have made'],
];

export function tablesOf(result: Result): Table[] {
  const counted = GROUPS.map(([group, title]) => countTable(title, result.tallied[group] ?? {}));
  const handles = countTable('What keeps the server running at the end', result.handles ?? {});
  const versions = { title: 'Versions', rows: Object.entries(result.versions) };
  return [runTable(result), versions, ...counted, handles].filter(({ rows }) => rows.length > 0);
}

function runTable(result: Result): Table {
  const { seed, connections, seconds, tallied, samples, afterwards } = result;
  const last = samples.at(-1);
  const echoed = countOf(tallied, 'messages', 'echoed');
  return {
    title: 'The run',
    rows: [
      ['ended', `${result.when.slice(0, 16).replace('T', ' ')} UTC`],
      ['seed', String(seed)],
      ['connections at a time', number(connections)],
      ['connections in all', number(totalOf(tallied, 'ended'))],
      ['time', clock(seconds)],
      ['echoes a second', seconds > 0 ? number(echoed / seconds) : '–'],
      ['server heap at the last sample', last === undefined ? '–' : megabytes(last.heapUsed)],
      ['server RSS at the last sample', last === undefined ? '–' : megabytes(last.rss)],
      ['server heap with nobody connected', afterwards ? megabytes(afterwards.heapUsed) : '–'],
      ['server RSS with nobody connected', afterwards ? megabytes(afterwards.rss) : '–'],
    ],
  };
}

/** The most frequent first. */
function countTable(title: string, counts: Counts): Table {
  const rows = Object.entries(counts)
    .sort(([, left], [, right]) => right - left)
    .map(([name, count]) => [name, number(count)] as const);
  return { title, rows };
}

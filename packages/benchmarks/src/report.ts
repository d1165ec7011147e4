/** Figures to text: medians, ratios, and a markdown table whose columns line up. */
import { CAN_PIN } from '@ws/child-process';
import { cpus } from 'node:os';
import type { BombCost } from './bomb';
import type { IdleCost } from './memory';
import type { Growth } from './memory-watch';
import type { Result } from './matrix';
import type { StreamCost } from './stream';

/** The peer that the others are compared with. */
const YARDSTICK = 'ws';

const FAILED = 'failed';
const NO_PART = '–';
const MIB = 2 ** 20;

/** The middle value, or the mean of the two in the middle. @throws {RangeError} when empty. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no median of no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What was measured, where and how: the line above a table. */
export function heading(measured: string, rounds: number): string {
  const cores = `${cpus().length} cores`;
  const pinned = CAN_PIN ? 'server on core 0, load on core 1' : 'not pinned';
  const where = `Node ${process.version}, ${process.platform} ${process.arch}, ${cores}, ${pinned}`;
  return `${where}; ${measured}, median of ${rounds}.`;
}

/** The rows of the echo matrix: microseconds, and in brackets how many times the yardstick's capacity. */
export function cpuTable(results: readonly Result<number>[]): string {
  return tableOf('server CPU, µs', results, ({ peer, samples }, yardstick) => {
    const microseconds = median(samples);
    if (peer === YARDSTICK || yardstick === undefined) return figure(microseconds);
    return `${figure(microseconds)} (${(median(yardstick.samples) / microseconds).toFixed(2)}×)`;
  });
}

/** One row for the heap and one for the resident set, in KiB per connection. */
export function memoryTable(results: readonly Result<IdleCost>[]): string {
  const rows = (['heap', 'rss'] as const).flatMap((key) =>
    results.map(({ row, samples, ...rest }) => ({
      ...rest,
      row: `${row}: ${key}`,
      samples: samples.map((cost) => cost[key]),
    })),
  );
  return tableOf('KiB per connection', rows, ({ samples }) => (median(samples) / 1024).toFixed(1));
}

/** What a bomb did, a row each; the worst of the rounds, since a median would hide it. */
export function bombTable(results: readonly Result<BombCost>[]): string {
  const measures: Record<string, (samples: readonly BombCost[]) => string> = {
    'growth, MiB, median': (samples) => mebibytes(median(samples.map(growthOf))),
    'growth, MiB, most': (samples) => mebibytes(Math.max(...samples.map(growthOf))),
    'close code': (samples) => [...new Set(samples.map(({ closeCode }) => closeCode))].join(', '),
    'answered after, ms': (samples) => figure(Math.max(...samples.map(({ took }) => took))),
    'echoes meanwhile': (samples) => String(Math.min(...samples.map(({ echoes }) => echoes))),
    'slowest echo, ms': (samples) =>
      figure(Math.max(...samples.map(({ slowestEcho }) => slowestEcho))),
  };
  const lines = Object.entries(measures).map(([name, measure]) => [
    name,
    ...results.map(({ samples, error }) => (error === undefined ? measure(samples) : FAILED)),
  ]);
  return markdownTable([['bomb', ...results.map(({ peer }) => peer)], ...lines]);
}

/** What a long message cost both ends, a row for each way of sending it; of the growth the worst round. */
export function streamTable(results: readonly Result<StreamCost>[]): string {
  const most = (growths: readonly Growth[]): string =>
    mebibytes(Math.max(...growths.map(growthOf)));
  const lines = results.map(({ row, samples, error }) => {
    if (error !== undefined) return [row, FAILED, FAILED, FAILED];
    return [
      row,
      most(samples.map(({ sender }) => sender)),
      most(samples.map(({ receiver }) => receiver)),
      figure(median(samples.map(({ seconds }) => seconds))),
    ];
  });
  return markdownTable([['1 GiB', 'sender, MiB', 'receiver, MiB', 'seconds'], ...lines]);
}

function growthOf({ before, peak }: Growth): number {
  return peak - before;
}

function mebibytes(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}

function tableOf(
  corner: string,
  results: readonly Result<number>[],
  entry: (result: Result<number>, yardstick: Result<number> | undefined) => string,
): string {
  const peers = [...new Set(results.map(({ peer }) => peer))];
  const rows = [...new Set(results.map(({ row }) => row))];
  const lines = rows.map((row) => {
    const inRow = results.filter((result) => result.row === row);
    const yardstick = inRow.find(({ peer, error }) => peer === YARDSTICK && error === undefined);
    const entries = inRow.map((result) => {
      if (result.error !== undefined) return FAILED;
      return result.samples.length === 0 ? NO_PART : entry(result, yardstick);
    });
    return [row, ...entries];
  });
  return markdownTable([[corner, ...peers], ...lines]);
}

/** A markdown table of `rows`, the first of which is its head; all but the first column end flush. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (entries: readonly string[]): string => `| ${entries.join(' | ')} |`;
  const [head, ...body] = rows.map((row) =>
    line(row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))),
  );
  const rule = line(widths.map((width, i) => '-'.repeat(width - (i && 1)) + (i === 0 ? '' : ':')));
  return [head, rule, ...body].join('\n');
}

/** Three significant digits, or whole numbers with thousands apart. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}

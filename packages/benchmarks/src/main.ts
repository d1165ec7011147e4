/** The command: reads the options, measures, prints a table. */
import { writeFileSync } from 'node:fs';
import { runMatrix, type Result } from './matrix';
import { measureCell } from './measure';
import { IDLE_CONNECTIONS, measureIdle } from './memory';
import { readOptions, USAGE, type Options } from './options';
import { cpuTable, heading, memoryTable } from './report';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(USAGE);
  await (options.memory ? benchMemory(options) : benchCpu(options));
}

async function benchCpu(options: Options): Promise<void> {
  const { seconds, rounds, peers } = options;
  const cells = new Map(options.cells.map((cell) => [cell.name, cell]));
  const measure = (peer: string, row: string): Promise<number> =>
    measureCell(peer, cells.get(row)!, seconds);
  const results = await runMatrix({ rows: [...cells.keys()], peers, rounds, measure, progress });
  const title = heading('server CPU time per message (× = capacity against ws)', rounds);
  conclude(options, title, cpuTable(results), results);
}

async function benchMemory(options: Options): Promise<void> {
  const { rounds, peers } = options;
  const rows = [`${IDLE_CONNECTIONS} idle`];
  const results = await runMatrix({ rows, peers, rounds, measure: measureIdle, progress });
  conclude(options, heading('server memory', rounds), memoryTable(results), results);
}

function conclude(
  { json }: Options,
  title: string,
  table: string,
  results: readonly Result<unknown>[],
): void {
  print(`${title}\n\n${table}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ title, results }, null, 2)}\n`);
  if (results.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

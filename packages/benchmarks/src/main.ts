/** The command: reads the options, measures, prints a table. */
import { writeFileSync } from 'node:fs';
import { measureBomb } from './bomb';
import { runMatrix, type Result } from './matrix';
import { measureCell, takesPart } from './measure';
import { CROWDS, joins, measureMemory, type IdleCost } from './memory';
import { readOptions, USAGE, type Options, type Subject } from './options';
import { peerEntry } from './peers';
import { bombTable, cpuTable, heading, memoryTable, streamTable } from './report';
import { isInstalled, missing } from './runtimes';
import { measureStream, STREAMS } from './stream';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(USAGE);
  await BENCHES[options.subject]({ ...options, peers: installedOf(options.peers) });
}

const BENCHES: Readonly<Record<Subject, (options: Options) => Promise<void>>> = {
  matrix: benchCpu,
  memory: benchMemory,
  bomb: benchBomb,
  stream: benchStream,
};

async function benchCpu(options: Options): Promise<void> {
  const { seconds, rounds, peers } = options;
  const cells = new Map(options.cells.map((cell) => [cell.name, cell]));
  const measure = (peer: string, row: string): Promise<number> =>
    measureCell(peer, cells.get(row)!, seconds);
  const results = await runMatrix({
    rows: [...cells.keys()],
    peers,
    rounds,
    takesPart: (peer, row) => takesPart(peer, cells.get(row)!),
    measure,
    progress,
  });
  const title = heading('server CPU time per message (× = capacity against ws)', rounds);
  conclude(options, title, cpuTable(results), results);
}

async function benchMemory(options: Options): Promise<void> {
  const { rounds, peers } = options;
  const crowds = new Map(CROWDS.map((crowd) => [crowd.name, crowd]));
  const measure = (peer: string, row: string): Promise<IdleCost> =>
    measureMemory(peer, crowds.get(row)!);
  const results = await runMatrix({
    rows: [...crowds.keys()],
    peers,
    rounds,
    takesPart: (peer, row) => joins(peer, crowds.get(row)!),
    measure,
    progress,
  });
  conclude(options, heading('server memory', rounds), memoryTable(results), results);
}

async function benchBomb(options: Options): Promise<void> {
  const { rounds, peers } = options;
  const rows = ['1 MB that would become 1 GB'];
  const takesPart = (): boolean => true;
  const results = await runMatrix({
    rows,
    peers,
    rounds,
    takesPart,
    measure: measureBomb,
    progress,
  });
  conclude(options, heading('server memory under a bomb', rounds), bombTable(results), results);
}

async function benchStream(options: Options): Promise<void> {
  const { rounds, peers } = options;
  const streams = new Map(STREAMS.map((stream) => [stream.name, stream]));
  const results = await runMatrix({
    rows: [...streams.keys()],
    peers,
    rounds,
    takesPart: () => true,
    measure: (_, row) => measureStream(streams.get(row)!),
    progress,
  });
  conclude(options, heading('a message of 1 GiB', rounds), streamTable(results), results);
}

/** Those of `peers` whose runtime is installed; the others are named. */
function installedOf(peers: readonly string[]): string[] {
  return peers.filter((peer) => {
    const { runtime } = peerEntry(peer);
    if (isInstalled(runtime)) return true;
    progress(`${peer} is left out: ${missing(runtime)}`);
    return false;
  });
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

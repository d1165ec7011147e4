/** The command: reads the options, attacks, prints a table. */
import type { PeerName } from './echo-servers';
import { measure, takesPart, type Outcome } from './measure';
import { readOptions, USAGE, type Options } from './options';
import { heading, tableOf, type Row } from './table';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(USAGE);
  const rows: Row[] = [];
  for (const attack of options.attacks) rows.push(await rowOf(attack, options));
  print(`${heading(options.seconds)}\n\n${tableOf(rows, options.peers)}`);
}

async function rowOf(attack: string, { peers, seconds }: Options): Promise<Row> {
  const outcomes = new Map<PeerName, Outcome | null>();
  for (const peer of peers) {
    if (!takesPart(peer, attack)) continue;
    tell(`${attack} on ${peer}`);
    outcomes.set(peer, await measure(peer, attack, seconds).catch(failed));
  }
  return { attack, outcomes };
}

/** A server that does not stand it is a finding, and the other attacks are of interest, too. */
function failed(error: unknown): null {
  tell(String(error));
  process.exitCode = 1;
  return null;
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

/** The command line, read and judged before anything starts. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Bench } from './bench';
import { BENCHES } from './benches';
import { QUICK_ROUNDS } from './quick';
import { select } from './select';

/** One bench, and what of it is measured. */
export interface Job {
  readonly bench: Bench;
  readonly rows: readonly string[];
  readonly peers: readonly string[];
}

/** Files to write. */
export interface Outputs {
  /** Every sample as JSON. */
  readonly json: string | undefined;
  /** A page with charts. */
  readonly html: string | undefined;
}

export interface Measuring extends Outputs {
  readonly command: 'measure';
  readonly jobs: readonly Job[];
  readonly rounds: number;
  /** Length of the counted load of one measurement. */
  readonly seconds: number;
}

export type Command =
  | Measuring
  | ({ readonly command: 'show'; readonly from: readonly string[] } & Outputs)
  | { readonly command: 'compare'; readonly files: readonly [before: string, after: string] }
  | { readonly command: 'help' };

export const USAGE: string = `npm run bench -- [options]

what to measure, instead of servers:
  --clients           clients, which echo
  --codecs            parsers and encoders by themselves
  --latency           a quiet connection beside flooding ones
  --memory            thousands of idle connections
  --curves            how CPU time and memory grow, with connections, sizes, subscribers
  --bomb              a compressed bomb
  --stream            a message of a gigabyte, read as it arrives
  --all               everything, servers too

how:
  --quick             fewer rows, peers and rounds: less than three minutes
  --cells <patterns>  rows by name: globs separated by commas, or one /regular expression/
  --peers <names>     separated by commas
  --rounds <n>        measurements of each row and peer (3)
  --seconds <n>       length of each counted load (1)

what to do with it:
  --json <file>       write every sample there
  --html <file>       write a page with charts there
  --from <file>       show what --json wrote instead of measuring; several files are joined
  --compare <before> <after>
                      compare two such files
  --help`;

const FLAGS = {
  clients: { type: 'boolean' },
  codecs: { type: 'boolean' },
  latency: { type: 'boolean' },
  memory: { type: 'boolean' },
  curves: { type: 'boolean' },
  bomb: { type: 'boolean' },
  stream: { type: 'boolean' },
  all: { type: 'boolean' },
  quick: { type: 'boolean' },
  cells: { type: 'string' },
  peers: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  json: { type: 'string' },
  html: { type: 'string' },
  from: { type: 'string', multiple: true },
  compare: { type: 'boolean' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];

/** @throws {TypeError | RangeError | SyntaxError} when an option is unknown or its value is not usable. */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: FLAGS,
    allowPositionals: true,
  });
  const { json, html, from } = values;
  if (values.help === true) return { command: 'help' };
  if (values.compare === true) return { command: 'compare', files: twoFiles(positionals) };
  if (positionals.length > 0) throw new RangeError(`'${positionals[0]}' is not an option`);
  if (from !== undefined) return { command: 'show', from, json, html };
  return { command: 'measure', ...measuringOf(values), json, html };
}

function measuringOf(values: Values): Omit<Measuring, 'command' | keyof Outputs> {
  const { cells, peers, quick = false } = values;
  const usual = quick ? QUICK_ROUNDS : { rounds: 3, seconds: 1 };
  return {
    jobs: jobsOf(benchesOf(values), { cells, peers, quick }),
    rounds: readNumber('rounds', values.rounds, usual.rounds, { least: 1, most: 100, whole: true }),
    seconds: readNumber('seconds', values.seconds, usual.seconds, { least: 0.01, most: 30 }),
  };
}

function benchesOf(values: Values): readonly Bench[] {
  if (values.all === true) return BENCHES;
  const asked = BENCHES.slice(1).filter(({ name, option = name }) => values[option as 'memory']);
  return asked.length > 0 ? asked : BENCHES.slice(0, 1);
}

interface Choice {
  readonly cells: string | undefined;
  readonly peers: string | undefined;
  readonly quick: boolean;
}

function jobsOf(benches: readonly Bench[], { cells, peers, quick }: Choice): Job[] {
  const names = peers === undefined ? undefined : peersNamed(peers, benches);
  const jobs = benches.map((bench): Job => {
    const some = quick ? bench.quick : undefined;
    return {
      bench,
      rows: cells === undefined ? (some?.rows ?? bench.rows) : select(cells, bench.rows),
      peers: names?.filter((name) => bench.peers.includes(name)) ?? some?.peers ?? bench.usualPeers,
    };
  });
  const useful = jobs.filter((job) => job.rows.length > 0 && job.peers.length > 0);
  if (useful.length > 0) return useful;
  const all = benches.flatMap(({ rows }) => rows).map((name) => `  ${name}`);
  throw new RangeError(`no cell matches '${cells}'; the cells are:\n${all.join('\n')}`);
}

function peersNamed(text: string, benches: readonly Bench[]): string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const known = new Set(benches.flatMap((bench) => bench.peers));
  for (const name of names) {
    if (known.has(name)) continue;
    throw new RangeError(`no peer is called '${name}'; the peers are ${[...known].join(', ')}`);
  }
  return names;
}

function twoFiles([before, after, ...rest]: readonly string[]): readonly [string, string] {
  if (before !== undefined && after !== undefined && rest.length === 0) return [before, after];
  throw new RangeError('--compare takes two files');
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

function readNumber(
  name: string,
  text: string | undefined,
  usual: number,
  { least, most, whole = false }: Range,
): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'whole number' : 'number';
  throw new RangeError(`--${name} is a ${kind} from ${least} to ${most}, not '${text}'`);
}

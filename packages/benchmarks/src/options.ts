/** The command line, read and judged before anything starts. */
import { parseArgs } from 'node:util';
import { CELLS, selectCells, type Cell } from './cells';
import { PEER_NAMES, peerEntry } from './peers';

/** The matrix, or what replaces it: memory per connection, a bomb's effect, or that of a long message. */
export type Subject = 'matrix' | 'memory' | 'bomb' | 'stream';

export interface Options {
  readonly cells: readonly Cell[];
  readonly peers: readonly string[];
  readonly rounds: number;
  /** Length of the counted load of one measurement. */
  readonly seconds: number;
  /** What to measure. */
  readonly subject: Subject;
  /** Where to write the figures as JSON. */
  readonly json: string | undefined;
  readonly help: boolean;
}

const DEFAULT_PEERS: Readonly<Record<Subject, string>> = {
  matrix: 'ours,toolkit,ws,ws+bufferutil,faye,websocket,bun,deno,raw,raw-static',
  memory: 'ours,toolkit,ws,bun,raw',
  bomb: 'ours,ws',
  stream: 'ours',
};

export const USAGE: string = `npm run bench -- [options]

  --cells <patterns>  globs separated by commas, or one /regular expression/
  --peers <names>     separated by commas, of ${PEER_NAMES.join(', ')}
  --rounds <n>        measurements of each cell and peer (3)
  --seconds <n>       length of each counted load (1)
  --memory            thousands of idle connections instead of the matrix
  --bomb              a compressed bomb instead of the matrix
  --stream            a message of a gigabyte, read as it arrives, instead of the matrix
  --json <file>       write every sample there
  --help`;

/** @throws {TypeError | RangeError | SyntaxError} when an option is unknown or its value is not usable. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cells: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '1' },
      memory: { type: 'boolean', default: false },
      bomb: { type: 'boolean', default: false },
      stream: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { cells, json, help } = values;
  const subject = subjectOf(values);
  const peers = readPeers(values.peers ?? DEFAULT_PEERS[subject]);
  if (subject === 'stream' && peers.some((peer) => peer !== 'ours')) {
    throw new RangeError('--stream is measured of ours alone: it uses sendStream() and messages()');
  }
  return {
    cells: cells === undefined ? CELLS : selectCells(cells, CELLS),
    peers,
    rounds: readNumber('rounds', values.rounds, { least: 1, most: 100, whole: true }),
    seconds: readNumber('seconds', values.seconds, { least: 0.1, most: 30, whole: false }),
    subject,
    json,
    help,
  };
}

const INSTEAD_OF_MATRIX = ['memory', 'bomb', 'stream'] as const;

function subjectOf(values: Readonly<Record<(typeof INSTEAD_OF_MATRIX)[number], boolean>>): Subject {
  const asked = INSTEAD_OF_MATRIX.filter((subject) => values[subject]);
  if (asked.length > 1) {
    throw new RangeError(`--${asked.join(' and --')} are measured one at a time`);
  }
  return asked[0] ?? 'matrix';
}

function readPeers(names: string): string[] {
  const peers = [...new Set(names.split(',').map((name) => name.trim()))];
  peers.forEach(peerEntry);
  return peers;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

function readNumber(name: string, text: string, { least, most, whole }: Range): number {
  const value = Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'whole number' : 'number';
  throw new RangeError(`--${name} is a ${kind} from ${least} to ${most}, not '${text}'`);
}

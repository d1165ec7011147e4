/** The command line, read and judged before anything starts. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export interface Options {
  readonly connections: number;
  readonly minutes: number;
  readonly seed: number;
  /** Where to write the report as a page. */
  readonly report: string | undefined;
  /** Where to write all figures as JSON. */
  readonly json: string | undefined;
  readonly help: boolean;
}

export const USAGE: string = `npm run soak -- [options]

  --connections <n>  open at a time (10000)
  --minutes <n>      how long (15)
  --seed <n>         the same seed makes the same plans (any; it is printed)
  --report <file>    write the report there, as HTML
  --json <file>      write every figure there
  --help`;

const MAX_SEED = 2 ** 31 - 1;

/** @throws {TypeError | RangeError} when an option is unknown or its value is not usable. */
export function readOptions(
  args: readonly string[],
  anySeed: () => number = () => randomInt(MAX_SEED),
): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      connections: { type: 'string', default: '10000' },
      minutes: { type: 'string', default: '15' },
      seed: { type: 'string', default: String(anySeed()) },
      report: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { report, json, help } = values;
  return {
    connections: readNumber('connections', values.connections, { least: 1, most: 1_000_000 }),
    minutes: readNumber('minutes', values.minutes, { least: 0.1, most: 10_080, fractions: true }),
    seed: readNumber('seed', values.seed, { least: 0, most: MAX_SEED }),
    report,
    json,
    help,
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly fractions?: boolean;
}

function readNumber(name: string, text: string, { least, most, fractions = false }: Range): number {
  const value = text === '' ? NaN : Number(text);
  if (value >= least && value <= most && (fractions || Number.isInteger(value))) return value;
  const kind = fractions ? 'number' : 'whole number';
  throw new RangeError(`--${name} is a ${kind} from ${least} to ${most}, not '${text}'`);
}

/** The command line, read and judged before anything starts. */
import { parseArgs } from 'node:util';
import type { Model } from './model';

export interface Options {
  /** The models that take turns. */
  readonly models: readonly Model[];
  readonly minutes: number;
  /** Of the first turn; every further turn has the next one. */
  readonly seed: number;
  /** The one input of a failure that was found before; undefined: as many as there is time for. */
  readonly path: string | undefined;
  readonly help: boolean;
}

const LARGEST_SEED = 2 ** 31 - 1;
const LONGEST = 60 * 24 * 30;
const PATH = /^\d+(?::\d+)*$/;

/** @param models all there are */
export function usage(models: readonly Model[]): string {
  const width = Math.max(...models.map(({ name }) => name.length));
  const lines = models.map(({ name, law }) => `  ${name.padEnd(width)}  ${law}`);
  return `npm run fuzz -- [options]

  --minutes <n>   how long (1)
  --model <name>  this model only
  --seed <n>      where to begin; printed with every failure
  --path <p>      with --model and --seed: the input that failed, and no other
  --help

Models:
${lines.join('\n')}`;
}

/** @throws {TypeError | RangeError} when an option is unknown or its value is not usable. */
export function readOptions(args: readonly string[], models: readonly Model[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '1' },
      model: { type: 'string' },
      seed: { type: 'string' },
      path: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { minutes, model, seed, path, help } = values;
  if (path !== undefined) checkPath(path, model, seed);
  return {
    models: model === undefined ? models : [modelCalled(model, models)],
    minutes: readMinutes(minutes),
    seed: seed === undefined ? Math.floor(Math.random() * LARGEST_SEED) : readSeed(seed),
    path,
    help,
  };
}

function checkPath(path: string, model: string | undefined, seed: string | undefined): void {
  if (model === undefined || seed === undefined) {
    throw new TypeError('--path goes with the --model and the --seed that it was printed with');
  }
  if (!PATH.test(path)) throw new RangeError(`--path is numbers and colons, not '${path}'`);
}

function modelCalled(name: string, models: readonly Model[]): Model {
  const found = models.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = models.map((model) => model.name).join(', ');
  throw new RangeError(`--model is one of ${names}, not '${name}'`);
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= LONGEST) return minutes;
  throw new RangeError(`--minutes is a number over 0, at most ${LONGEST}, not '${text}'`);
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (/^-?\d+$/.test(text) && Math.abs(seed) <= LARGEST_SEED) return seed;
  throw new RangeError(`--seed is a whole number of at most ${LARGEST_SEED}, not '${text}'`);
}

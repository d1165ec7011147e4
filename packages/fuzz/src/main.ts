/** The command: reads the options, has the models take turns, tells of a failure or counts. */
import { MODELS } from './models';
import { readOptions, usage, type Options } from './options';
import { summaryOf } from './summary';
import { repeat, takeTurns, type Failure, type Result, type Turn } from './turns';

/** Milliseconds between two lines of progress where a line cannot be written over. */
const SELDOM = 10_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), MODELS);
  if (options.help) print(usage(MODELS));
  else if (options.path === undefined) await fuzz(options);
  else await again(options.models[0]!, options.seed, options.path);
}

async function fuzz({ models, minutes, seed }: Options): Promise<void> {
  const start = Date.now();
  const isOver = (): boolean => Date.now() - start >= minutes * 60_000;
  print(`seed ${seed}`);
  const result = await takeTurns({ models, seed, isOver, onTurn: progressSince(start) });
  conclude(result, (Date.now() - start) / 1000);
}

async function again(model: (typeof MODELS)[number], seed: number, path: string): Promise<void> {
  const failure = await repeat(model, seed, path);
  if (failure === null) print('No law is broken any more.');
  else fail(failure);
}

function conclude(result: Result, seconds: number): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (result.failure === null) print(summaryOf(result, seconds));
  else fail(result.failure);
}

function fail({ model, seed, path, report }: Failure): void {
  print(`\n${model.name}: not so: ${model.law}\n\n${report}\n`);
  print(`again: npm run fuzz -- --model ${model.name} --seed ${seed} --path ${path}\n`);
  process.exitCode = 1;
}

/** One line, written over itself on a terminal. */
function progressSince(start: number): (turn: Turn) => void {
  const { stderr } = process;
  let last = start;
  return ({ model, seed, runs }) => {
    const now = Date.now();
    const rate = Math.round((runs * 1000) / Math.max(1, now - start));
    const line = `${runs} runs, ${rate} runs/s, seed ${seed}, ${model.name}`;
    if (stderr.isTTY) stderr.write(`\r${line}\x1b[K`);
    else if (now - last >= SELDOM) {
      last = now;
      stderr.write(`${line}\n`);
    }
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

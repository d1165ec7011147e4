/** The command: reads the options, has the models take turns, tells of a failure or counts. */
import { number, ProgressLine } from '@ws/reporting';
import { MODELS } from './models';
import { readOptions, usage, type Options } from './options';
import { summaryOf } from './summary';
import { repeat, takeTurns, type Failure, type Result, type Turn } from './turns';

const progress = new ProgressLine(process.stderr);

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
  const result = await takeTurns({ models, seed, isOver, onTurn: progressOf(minutes, start) });
  conclude(result, (Date.now() - start) / 1000);
}

async function again(model: (typeof MODELS)[number], seed: number, path: string): Promise<void> {
  const failure = await repeat(model, seed, path);
  if (failure === null) print('No law is broken any more.');
  else fail(failure);
}

function conclude(result: Result, seconds: number): void {
  progress.end();
  if (result.failure === null) print(summaryOf(result, seconds));
  else fail(result.failure);
}

function fail({ model, seed, path, report }: Failure): void {
  print(`\n${model.name}: not so: ${model.law}\n\n${report}\n`);
  print(`again: npm run fuzz -- --model ${model.name} --seed ${seed} --path ${path}\n`);
  process.exitCode = 1;
}

function progressOf(minutes: number, start: number): (turn: Turn) => void {
  return ({ model, seed, runs }) => {
    const done = (Date.now() - start) / 1000;
    const text = `${number(runs)} inputs · seed ${seed} · ${model.name}`;
    progress.show({ done, total: minutes * 60, unit: 'seconds', text });
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

/** The command: reads the options, runs, reports. */
import { ProgressLine } from '@ws/reporting';
import { writeFileSync } from 'node:fs';
import { checkFileLimit, openFileLimit } from './limits';
import { readOptions, USAGE } from './options';
import { progressText } from './progress';
import { htmlReport } from './report/html-report';
import { textReport } from './report/text-report';
import { verdictsOn } from './report/verdicts';
import { Run, type Status } from './run';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(USAGE);
  const { connections, minutes, seed, report, json } = options;
  checkFileLimit(openFileLimit(), connections);
  print(`${connections} connections for ${minutes} minutes, seed ${seed}; Ctrl-C ends early`);
  const progress = new ProgressLine(process.stderr);
  let previous: Status | null = null;
  const run = new Run(options, (status) => {
    const text = progressText(status, previous);
    progress.show({ done: status.seconds, total: minutes * 60, unit: 'seconds', text });
    previous = status;
  });
  process.once('SIGINT', () => run.interrupt());
  process.once('SIGTERM', () => run.interrupt());
  const result = await run.result();
  progress.end();
  print(`\n${textReport(result)}`);
  const verdicts = verdictsOn(result);
  if (report !== undefined) writeFileSync(report, htmlReport(result));
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ verdicts, ...result }, null, 2)}\n`);
  }
  if (verdicts.some(({ passed }) => passed === false)) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

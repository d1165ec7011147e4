/** The command: reads the options, measures, shows what came of it. */
import { ProgressLine } from '@ws/reporting';
import { writeFileSync } from 'node:fs';
import { comparison } from './compare';
import { htmlReport } from './html-report';
import { readCommand, USAGE, type Job, type Measuring, type Outputs } from './options';
import { textReport } from './report';
import { joined, readReport, reportOf, writeReport, type RunReport } from './run-report';
import { isInstalled, missing } from './runtimes';
import type { Section } from './section';

async function main(): Promise<void> {
  const options = readCommand(process.argv.slice(2));
  switch (options.command) {
    case 'help':
      return print(USAGE);
    case 'compare':
      return print(comparison(...(options.files.map(readReport) as [RunReport, RunReport])));
    case 'show':
      return conclude(joined(options.from.map(readReport)), options);
    case 'measure':
      return conclude(reportOf(await measure(options)), options);
  }
}

async function measure({ jobs, rounds, seconds }: Measuring): Promise<Section[]> {
  const progress = new ProgressLine(process.stderr);
  const sections: Section[] = [];
  for (const job of jobs) {
    const peers = installedPeers(job, progress);
    sections.push(await job.bench.run({ ...job, peers, rounds, seconds }, progress));
  }
  progress.end();
  return sections;
}

/** The peers whose runtime is installed; the others are named. */
function installedPeers({ bench, peers }: Job, progress: ProgressLine): string[] {
  return peers.filter((peer) => {
    const runtime = bench.runtimeOf(peer);
    if (isInstalled(runtime)) return true;
    progress.note(`${peer} is left out: ${missing(runtime)}`);
    return false;
  });
}

function conclude(report: RunReport, { json, html }: Outputs): void {
  print(textReport(report));
  if (json !== undefined) writeReport(json, report);
  if (html !== undefined) writeFileSync(html, htmlReport(report));
  const results = report.sections.flatMap((section) => section.results);
  if (results.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

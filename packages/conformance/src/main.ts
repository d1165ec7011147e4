/** The command: reads the options, runs the cases, prints and writes what came of them. */
import { writeFileSync } from 'node:fs';
import { checkPatterns, choose } from './cases';
import { isFine } from './engine/result';
import type { CaseResult } from './engine/result';
import type { Case, Role } from './model/case';
import { compare, readExpected, updateExpected } from './expected';
import { readOptions, USAGE } from './options';
import type { Options } from './options';
import { Progress } from './progress';
import { renderReport } from './report/page';
import type { Run } from './report/page';
import { describeDifferences, summarize } from './summary';
import { SuiteServer } from './suite/test-client';
import { testOurClient, testOurServer } from './suite/test-ours';
import { testServer } from './suite/test-server';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(USAGE);
  checkCases(options);
  const { subject } = options;
  switch (subject.kind) {
    case 'ours':
      return runOurs(options);
    case 'server':
      return runServer(options, subject.url);
    case 'client':
      return runClients(options, subject.port);
    default:
      return subject satisfies never;
  }
}

/** A pattern without a case is a mistake, and must not look like success. */
function checkCases(options: Options): void {
  const { subject, cases: patterns } = options;
  const roles: readonly Role[] = subject.kind === 'ours' ? ['server', 'client'] : [subject.kind];
  const cases = roles.flatMap((role) => choose({ role, full: options.full, patterns: [] }));
  checkPatterns(
    patterns,
    cases.map(({ id }) => id),
  );
}

async function runOurs(options: Options): Promise<void> {
  const runs: Run[] = [];
  for (const role of ['server', 'client'] as const) {
    const title = `Our ${role}`;
    const cases = chosen(options, role);
    const onResult = new Progress(title, cases.length).add;
    const test = role === 'server' ? testOurServer : testOurClient;
    const results = await test({ cases, pace: options, parallel: options.parallel, onResult });
    runs.push({ title, results });
    checkExpected(options, role, cases, results);
  }
  conclude(options, runs);
}

/** A difference is worth stopping for, whichever way it goes; so is a case that was never run. */
function checkExpected(
  { update }: Options,
  role: Role,
  cases: readonly Case[],
  results: readonly CaseResult[],
): void {
  if (update) return updateExpected(role, results);
  const differences = compare(readExpected(role), results);
  if (differences.length > 0) print(describeDifferences(`Our ${role}`, differences));
  if (differences.length > 0 || results.length < cases.length) process.exitCode = 1;
}

async function runServer(options: Options, url: string): Promise<void> {
  const cases = chosen(options, 'server');
  const { parallel, insecure } = options;
  const onResult = new Progress(url, cases.length).add;
  const results = await testServer({ url, cases, pace: options, parallel, insecure, onResult });
  if (!results.every(isFine)) process.exitCode = 1;
  conclude(options, [{ title: url, results }]);
}

/** Serves until it is stopped; every agent that asks for its report gets the files written anew. */
async function runClients(options: Options, wantedPort: number): Promise<void> {
  const cases = chosen(options, 'client');
  const progress = new Map<string, Progress>();
  const onResult = (result: CaseResult, agent: string): void => {
    const shown = progress.get(agent) ?? new Progress(agent, cases.length);
    progress.set(agent, shown);
    shown.add(result);
  };
  const runs = new Map<string, Run>();
  const onDone = (agent: string): void => {
    void suite.results(agent).then((results) => {
      runs.set(agent, { title: agent || 'Client', results });
      conclude(options, [...runs.values()]);
    });
  };
  const suite = new SuiteServer({ cases, pace: options, onResult, onDone });
  const port = await suite.listen(wantedPort);
  print(`${cases.length} cases wait for clients at ws://localhost:${port}/getCaseCount`);
}

function chosen({ cases: patterns, full }: Options, role: Role): Case[] {
  return choose({ role, full, patterns });
}

function conclude({ json, report }: Options, runs: readonly Run[]): void {
  for (const { title, results } of runs) print(summarize(title, results));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(runs, null, 2)}\n`);
  if (report !== undefined) writeFileSync(report, renderReport(runs));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

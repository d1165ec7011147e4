/** What is known of this toolkit, committed, so that every change of it shows: for better or worse. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from './model/case';
import { verdictText } from './engine/result';
import type { CaseResult } from './engine/result';

/** The verdicts by case; a case that is not listed must be OK. */
export type Expected = Readonly<Record<string, string>>;

export interface Difference {
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
}

const FOLDER = join(__dirname, '..', 'expected');

export function readExpected(role: Role): Expected {
  return JSON.parse(readFileSync(fileOf(role), 'utf8')) as Expected;
}

export function compare(expected: Expected, results: readonly CaseResult[]): Difference[] {
  return results.flatMap((result) => {
    const known = expected[result.id] ?? 'OK';
    const actual = verdictText(result);
    return known === actual ? [] : [{ id: result.id, expected: known, actual }];
  });
}

/** Replaces what was known of the cases that have run, and of no others. */
export function updateExpected(role: Role, results: readonly CaseResult[]): void {
  const verdicts = merged(readExpected(role), results);
  writeFileSync(fileOf(role), `${JSON.stringify(verdicts, null, 2)}\n`);
}

/** In the order in which the cases were known, with new ones last. */
export function merged(expected: Expected, results: readonly CaseResult[]): Expected {
  const entries = results.map((result) => [result.id, verdictText(result)] as const);
  return { ...expected, ...Object.fromEntries(entries) };
}

function fileOf(role: Role): string {
  return join(FOLDER, `${role}.json`);
}

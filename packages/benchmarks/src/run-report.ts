/** What a run found, and the file that keeps it. */
import { CAN_PIN } from '@ws/child-process';
import { machine } from '@ws/reporting';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Result } from './matrix';
import type { Section } from './section';

export interface RunReport {
  /** The machine and the runtime. */
  readonly where: string;
  /** When it ended, as ISO 8601 has it. */
  readonly when: string;
  readonly sections: readonly Section[];
}

/** The report of a run on this machine that has just ended. */
export function reportOf(sections: readonly Section[]): RunReport {
  const pinned = CAN_PIN ? 'measured on core 0, load on core 1' : 'not pinned';
  const where = `${machine()}, ${pinned}`;
  return { where, when: new Date().toISOString(), sections };
}

export function writeReport(file: string, report: RunReport): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** @throws {Error} when the file cannot be read, or is no report. */
export function readReport(file: string): RunReport {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunReport> | null;
  if (Array.isArray(report?.sections)) return report as RunReport;
  throw new Error(`${file} is not what --json writes`);
}

/** One report of several: samples of the same peer in the same row stand side by side. */
export function joined(reports: readonly RunReport[]): RunReport {
  const sections = new Map<string, Section>();
  for (const section of reports.flatMap((report) => report.sections)) {
    const earlier = sections.get(section.name)?.results ?? [];
    const results = joinedResults([...earlier, ...section.results]);
    sections.set(section.name, { ...section, results });
  }
  const places = new Set(reports.map(({ where }) => where));
  return {
    where: [...places].join('; '),
    when: reports
      .map(({ when }) => when)
      .sort()
      .at(-1)!,
    sections: [...sections.values()],
  };
}

function joinedResults(results: readonly Result<number>[]): Result<number>[] {
  const byName = new Map<string, Result<number>>();
  for (const result of results) {
    const key = JSON.stringify([result.row, result.peer]);
    const samples = [...(byName.get(key)?.samples ?? []), ...result.samples];
    byName.set(key, { ...byName.get(key), ...result, samples });
  }
  return [...byName.values()];
}

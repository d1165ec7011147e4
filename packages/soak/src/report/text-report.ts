/** The report for the console. */
import { tablesOf, type Table } from './tables';
import { verdictsOn, type Result, type Verdict } from './verdicts';

const MARKS = { true: 'passed ', false: 'FAILED ', null: 'open   ' };

export function textReport(result: Result): string {
  const verdicts = verdictsOn(result).map(verdictLine).join('\n');
  return [result.where, ...tablesOf(result).map(tableText), verdicts].join('\n\n');
}

function verdictLine({ name, passed, text }: Verdict): string {
  return `${MARKS[`${passed}`]} ${name}: ${text}`;
}

function tableText({ title, rows }: Table): string {
  const width = Math.max(...rows.map(([, value]) => value.length));
  const lines = rows.map(([name, value]) => `  ${value.padStart(width)}  ${name}`);
  return [title, ...lines].join('\n');
}

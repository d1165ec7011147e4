import type { RunReport } from './run-report';
export function htmlReport(report: RunReport): string {
  return JSON.stringify(report);
}

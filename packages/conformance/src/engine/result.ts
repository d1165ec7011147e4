/** What is known about a case that has been run: what reports are made of. */
import type { Case, Role } from '../model/case';
import type { Verdict } from './judge';
import type { LogEntry } from './log';

export interface CaseResult extends Verdict {
  readonly id: string;
  readonly title: string;
  readonly expects: string;
  readonly role: Role;
  /** What came, in words. */
  readonly came: string;
  readonly milliseconds: number;
  readonly log: readonly LogEntry[];
}

export type CaseIdentity = Pick<CaseResult, 'id' | 'title' | 'expects' | 'role'>;

export function identify({ id, title, expects }: Case, role: Role): CaseIdentity {
  return { id, title, expects, role };
}

/** Whether nothing is to be mended: OK, or without an opinion. */
export function isFine({ behavior, closing }: Verdict): boolean {
  return behavior !== 'FAILED' && behavior !== 'NON-STRICT' && !BAD_CLOSINGS.has(closing);
}

const BAD_CLOSINGS = new Set(['UNCLEAN', 'WRONG CODE', 'FAILED', 'FAILED BY CLIENT']);

/** Both verdicts in one word where they agree. */
export function verdictText({ behavior, closing }: Verdict): string {
  return behavior === closing ? behavior : `${behavior} / ${closing}`;
}

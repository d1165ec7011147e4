/** Runs cases against a server: the suite is the client. */
import type { Case } from '../model/case';
import { dial } from '../engine/channel';
import { openAsClient } from '../engine/open-client';
import type { CaseResult } from '../engine/result';
import { runCase } from '../engine/run-case';
import { SignsOfLife } from '../engine/signs-of-life';
import type { Pace } from '../engine/script';
import { pooled } from './pool';

export interface ServerRun {
  /** `ws:` or `wss:`; the endpoint echoes every message. */
  readonly url: string;
  readonly cases: readonly Case[];
  readonly pace: Pace;
  /** How many cases run at a time. */
  readonly parallel: number;
  /** Whether certificates may be anybody's. */
  readonly insecure?: boolean;
  readonly onResult?: (result: CaseResult) => void;
}

/** Resolves with a result for each case, in the order of the cases. */
export function testServer(run: ServerRun): Promise<CaseResult[]> {
  const life = new SignsOfLife();
  return pooled(run.cases, run.parallel, async (given) => {
    const result = await testServerCase(run, given, life);
    run.onResult?.(result);
    return result;
  });
}

function testServerCase(
  { url, pace, insecure = false }: ServerRun,
  given: Case,
  life: SignsOfLife,
): Promise<CaseResult> {
  const target = new URL(url);
  return runCase(given, { role: 'server', pace }, async (log) => {
    const channel = await dial({ url: target, insecure, patience: pace.patience, life });
    const opened = await openAsClient({
      channel,
      log,
      target: { host: target.host, path: `${target.pathname}${target.search}` },
      opening: given.opening ?? {},
      patience: pace.patience,
    });
    return { channel, opened };
  });
}

/** The outcomes as a table. */
import { CAN_PIN } from '@ws/child-process';
import { machine, markdownTable } from '@ws/reporting';
import type { PeerName } from './echo-servers';
import type { Outcome } from './measure';

/** An attack, with what came of it for each peer; null: it failed; undefined: it is not for that peer. */
export interface Row {
  readonly attack: string;
  readonly outcomes: ReadonlyMap<PeerName, Outcome | null | undefined>;
}

const COLUMNS = ['median', 'p99', 'max', 'RSS +MB', 'own p99'];

export function heading(seconds: number): string {
  const pinned = CAN_PIN ? 'server on core 0, all clients on core 1' : 'not pinned';
  return `${machine()}, ${pinned}; attacks of ${seconds} s; milliseconds`;
}

export function tableOf(rows: readonly Row[], peers: readonly PeerName[]): string {
  const head = ['attack', ...peers.flatMap((peer) => COLUMNS.map((name) => `${peer} ${name}`))];
  const body = rows.map(({ attack, outcomes }) => [
    attack,
    ...peers.flatMap((peer) => entriesOf(outcomes.get(peer))),
  ]);
  return markdownTable([head, ...body]);
}

function entriesOf(outcome: Outcome | null | undefined): string[] {
  if (outcome === undefined) return COLUMNS.map(() => '–');
  if (outcome === null) return COLUMNS.map(() => 'failed');
  const { median, p99, max, unanswered, growth, ownDelay } = outcome;
  // What had not come back when the waiting was over took longer than it was waited for.
  const most = `${unanswered > 0 ? '>' : ''}${figure(max)}`;
  return [figure(median), figure(p99), most, (growth / 1e6).toFixed(0), figure(ownDelay)];
}

/** Milliseconds: a tenth is the least that means anything. */
function figure(ms: number): string {
  return ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}

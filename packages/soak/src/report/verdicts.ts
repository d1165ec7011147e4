/** What a run has to show: each verdict with the figure that decides it. */
import { number } from '@ws/reporting';
import type { Environment } from '../environment';
import type { Counts, Tallied } from '../tally';
import { countOf, totalOf } from '../tally';
import type { MemoryUse } from '../server/server-process';

/** The server's memory at a moment of the run. */
export interface Sample extends MemoryUse {
  /** Since the start of the run. */
  readonly seconds: number;
  readonly connections: number;
}

export interface Result extends Environment {
  readonly seed: number;
  readonly connections: number;
  readonly minutes: number;
  /** How long it has run, without the end. */
  readonly seconds: number;
  readonly samples: readonly Sample[];
  /** With all connections gone; null if the server could not be asked. */
  readonly afterwards: MemoryUse | null;
  /** What keeps the server's event loop going then, by kind; null likewise. */
  readonly handles: Counts | null;
  readonly tallied: Tallied;
}

export interface Verdict {
  readonly name: string;
  /** Null when there is too little to decide by. */
  readonly passed: boolean | null;
  readonly text: string;
}

/** How much the heap may differ, as a share. */
const TOLERANCE = 0.03;
/** Fewer samples than these in each third say nothing. */
const LEAST_SAMPLES = 3;
const SOCKET_HANDLES = ['TCPSocketWrap', 'TLSWrap'];

export function verdictsOn(result: Result): Verdict[] {
  const { tallied } = result;
  const bad = countOf(tallied, 'messages', 'lost') + countOf(tallied, 'messages', 'wrong');
  const echoed = countOf(tallied, 'messages', 'echoed');
  return [
    atLeastOne('it ran', echoed, 'echoes'),
    none('no message lost or wrong', bad, 'lost or wrong'),
    none('no unexpected ending', totalOf(tallied, 'unexpected'), 'unexpected endings'),
    none('no crash', totalOf(tallied, 'crashes'), 'crashes'),
    noSocketLeft(result.handles),
    flatHeap(result.samples),
  ];
}

/** Mean of the last third of the run against that of the second third. */
export function flatHeap(samples: readonly Sample[]): Verdict {
  const name = 'heap is flat';
  const third = Math.floor(samples.length / 3);
  if (third < LEAST_SAMPLES) return { name, passed: null, text: 'the run was too short to tell' };
  const heaps = samples.map(({ heapUsed }) => heapUsed);
  const last = mean(heaps.slice(-third));
  const change = last / mean(heaps.slice(-2 * third, -third)) - 1;
  const percent = `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(1)}%`;
  const text = `${percent} from the second third to the last, after garbage collection`;
  return { name, passed: Math.abs(change) <= TOLERANCE, text };
}

function noSocketLeft(handles: Counts | null): Verdict {
  const name = 'no socket left';
  if (handles === null) return { name, passed: null, text: 'the server could not be asked' };
  const sockets = SOCKET_HANDLES.reduce((sum, kind) => sum + (handles[kind] ?? 0), 0);
  return none(name, sockets, 'sockets of the server at the end');
}

function none(name: string, count: number, what: string): Verdict {
  return { name, passed: count === 0, text: `${number(count)} ${what}` };
}

function atLeastOne(name: string, count: number, what: string): Verdict {
  return { name, passed: count > 0, text: `${number(count)} ${what}` };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What the facts about a finished connection are worth: pure. */
import type { Behavior, Case, Closing, PeerEvent, Role, Script } from '../model/case';
import type { ClosingFrame } from './conversation';
import type { Sender } from './log';
import type { Course } from './script';

export interface Facts extends Course {
  readonly events: readonly PeerEvent[];
  readonly fault: string | undefined;
  readonly receivedClose: ClosingFrame | undefined;
  readonly closedFirst: Sender | undefined;
}

export interface Verdict {
  readonly behavior: Behavior;
  readonly closing: Closing;
  /** Why it is not OK; empty if it is. */
  readonly reason: string;
}

export function judge(given: Case, script: Script, facts: Facts, role: Role): Verdict {
  const [closing, closingReason] = judgeClosing(given, facts, role);
  if (given.informational === true) {
    return { behavior: 'INFORMATIONAL', closing: 'INFORMATIONAL', reason: closingReason };
  }
  const [behavior, reason] = judgeBehavior(given, script, facts);
  if (given.closing.decides && closing !== 'OK' && closing !== 'FAILED BY CLIENT') {
    return { behavior: 'FAILED', closing, reason: reason || closingReason };
  }
  return { behavior, closing, reason: reason || closingReason };
}

function judgeBehavior(given: Case, script: Script, facts: Facts): [Behavior, string] {
  if (facts.fault !== undefined) return ['FAILED', facts.fault];
  if (facts.mismatch !== undefined) return ['FAILED', facts.mismatch];
  const outcome = script.outcomes.find(({ events }) => sameEvents(events, facts.events));
  if (outcome === undefined) return ['FAILED', `came: ${describeEvents(facts.events)}`];
  if (given.failFast !== undefined) return judgeSpeed(given.failFast, facts);
  if (outcome.behavior === 'OK') return ['OK', ''];
  return ['NON-STRICT', 'nothing came of what was sent before the violation'];
}

function judgeSpeed(pause: string, { endedDuring, closedFirst }: Facts): [Behavior, string] {
  if (endedDuring === pause) return ['OK', ''];
  if (endedDuring !== undefined) return ['FAILED', 'it failed before it could know'];
  if (closedFirst !== 'endpoint') return ['FAILED', 'it did not fail'];
  return ['NON-STRICT', 'it failed only when all had come'];
}

function judgeClosing({ closing: rule }: Case, facts: Facts, role: Role): [Closing, string] {
  const { closedFirst, receivedClose } = facts;
  const code = receivedClose?.code;
  if (rule.by === 'endpoint' && closedFirst !== 'endpoint') {
    return ['FAILED', 'the endpoint did not fail the connection'];
  }
  if (rule.by === 'suite' && closedFirst === 'endpoint') {
    return ['FAILED', `the endpoint closed${describeClose(receivedClose)}`];
  }
  if (receivedClose === undefined) {
    if (rule.clean) return ['UNCLEAN', 'no closing frame came'];
    return facts.ended ? ['OK', ''] : ['FAILED', 'the endpoint neither answered nor ended'];
  }
  if (code !== undefined && !rule.codes.includes(code)) {
    return ['WRONG CODE', `the closing frame has ${code}, not ${rule.codes.join(' or ')}`];
  }
  if (role === 'server' && facts.dropped) {
    return ['FAILED BY CLIENT', 'the server did not end the TCP connection'];
  }
  return ['OK', ''];
}

function sameEvents(expected: readonly PeerEvent[], actual: readonly PeerEvent[]): boolean {
  return (
    expected.length === actual.length &&
    expected.every(({ kind, data }, i) => actual[i]!.kind === kind && actual[i]!.data.equals(data))
  );
}

/** Events in words, for people. */
export function describeEvents(events: readonly PeerEvent[]): string {
  if (events.length === 0) return 'nothing';
  const shown = events.slice(0, 5).map(({ kind, data }) => {
    const start = data.toString('utf8', 0, 40).replace(/[^\P{C}]|\uFFFD/gu, '·');
    return `${kind} of ${data.length} “${start}${data.length > 40 ? '…' : ''}”`;
  });
  return `${shown.join(', ')}${events.length > 5 ? `, and ${events.length - 5} more` : ''}`;
}

/** A closing frame in words, with a leading space; empty if there was none. */
export function describeClose(close: ClosingFrame | undefined): string {
  if (close === undefined) return '';
  const reason = close.reason.length === 0 ? '' : ` “${close.reason.toString()}”`;
  return close.code === undefined ? ' without a code' : ` with ${close.code}${reason}`;
}

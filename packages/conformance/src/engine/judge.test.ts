import { exactly, pongEvent, strictly, textEvent } from '../model/builders';
import type { Case, Script } from '../model/case';
import { BAD_CLOSE, BAD_UTF8, NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';
import { judge } from './judge';
import type { Facts } from './judge';

const CLEAN: Facts = {
  events: [],
  fault: undefined,
  mismatch: undefined,
  endedDuring: undefined,
  receivedClose: { code: 1000, reason: Buffer.alloc(0) },
  closedFirst: 'suite',
  dropped: false,
  ended: true,
};
const FAILED_1002: Partial<Facts> = { closedFirst: 'endpoint', receivedClose: closing(1002) };
const GONE: Partial<Facts> = { closedFirst: 'endpoint', receivedClose: undefined };
const DROPPED: Partial<Facts> = { receivedClose: undefined, ended: false };
const ECHO = textEvent('a');

type Row = [what: string, given: Partial<Case>, facts: Partial<Facts>, verdict: string];

const SILENT: Script = { steps: [], outcomes: exactly() };

const CLOSINGS: Row[] = [
  ['a clean close', {}, {}, 'OK/OK'],
  ['a close without a code', {}, { receivedClose: closing() }, 'OK/OK'],
  ['another code', {}, { receivedClose: closing(1001) }, 'OK/WRONG CODE'],
  ['no closing frame', {}, { receivedClose: undefined }, 'OK/UNCLEAN'],
  ['closing on its own', {}, { closedFirst: 'endpoint' }, 'OK/FAILED'],
  ['TCP left open', {}, { dropped: true, ended: false }, 'OK/FAILED BY CLIENT'],
  ['failing with 1002', { closing: PROTOCOL_ERROR }, FAILED_1002, 'OK/OK'],
  ['failing without a word', { closing: PROTOCOL_ERROR }, GONE, 'OK/OK'],
  ['failing with 1007', { closing: BAD_UTF8 }, FAILED_1002, 'FAILED/WRONG CODE'],
  ['not failing', { closing: PROTOCOL_ERROR }, DROPPED, 'OK/FAILED'],
  ['not failing on bad UTF-8', { closing: BAD_UTF8 }, DROPPED, 'FAILED/FAILED'],
  ['refusing a bad close', { closing: BAD_CLOSE }, { receivedClose: closing(1002) }, 'OK/OK'],
  ['dropping after a bad close', { closing: BAD_CLOSE }, { receivedClose: undefined }, 'OK/OK'],
  ['ignoring a bad close', { closing: BAD_CLOSE }, DROPPED, 'FAILED/FAILED'],
  ['echoing a bad close', { closing: BAD_CLOSE }, {}, 'FAILED/WRONG CODE'],
  ['anything, where all is well', { informational: true }, DROPPED, 'INFORMATIONAL/INFORMATIONAL'],
];

test.each(CLOSINGS)('%s: %p with %p', (_, given, facts, verdict) => {
  expect(verdictOf(given, SILENT, facts)).toBe(verdict);
});

const STRICT: Script = { steps: [], outcomes: strictly(ECHO) };

test.each<[string, Partial<Facts>, string]>([
  ['the echo', { events: [ECHO] }, 'OK/OK'],
  ['nothing', {}, 'NON-STRICT/OK'],
  ['something else', { events: [pongEvent('a')] }, 'FAILED/OK'],
  ['more than that', { events: [ECHO, ECHO] }, 'FAILED/OK'],
  ['the echo, and a broken rule', { events: [ECHO], fault: 'a rule' }, 'FAILED/OK'],
  ['an exchange that went wrong', { events: [ECHO], mismatch: 'round 1' }, 'FAILED/OK'],
])('%s before a violation', (_, facts, verdict) => {
  expect(verdictOf({ closing: PROTOCOL_ERROR }, STRICT, { ...FAILED_1002, ...facts })).toBe(
    verdict,
  );
});

test.each<[string | undefined, Partial<Facts>, string]>([
  ['second', FAILED_1002, 'OK'],
  ['first', FAILED_1002, 'FAILED'],
  [undefined, FAILED_1002, 'NON-STRICT'],
  [undefined, DROPPED, 'FAILED'],
])('a connection that ends during %p is as fast as it must be', (endedDuring, facts, behavior) => {
  const given = { closing: PROTOCOL_ERROR, failFast: 'second' };
  expect(verdictOf(given, SILENT, { ...facts, endedDuring })).toMatch(new RegExp(`^${behavior}/`));
});

function verdictOf(given: Partial<Case>, script: Script, facts: Partial<Facts>): string {
  const base = { id: '0', title: '', expects: '', closing: NORMAL, script: () => script };
  const { behavior, closing: how } = judge(
    { ...base, ...given },
    script,
    { ...CLEAN, ...facts },
    'server',
  );
  return `${behavior}/${how}`;
}

function closing(code?: number): Facts['receivedClose'] {
  return { code, reason: Buffer.alloc(0) };
}

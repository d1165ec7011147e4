/** The judge is worth what it finds: every fault here must be caught by the cases named beside it. */
import { choose } from './cases';
import { isFine } from './engine/result';
import type { CaseResult } from './engine/result';
import type { Pace } from './engine/script';
import type { Case, Role } from './model/case';
import { pooled } from './suite/pool';
import { SuiteServer } from './suite/test-client';
import { testServer } from './suite/test-server';
import { FAULTS, serveMutant, visitAsMutant } from '../test/mutant';
import type { Fault, Has } from '../test/mutant';

const BOTH: readonly Role[] = ['server', 'client'];
/** Enough for what is right, and for waiting for what never comes. */
const PATIENCE = { right: 5000, wrong: 250 };
const PARALLEL = 8;

const TABLE: readonly (readonly [fault: Fault, caughtBy: string[], roles: readonly Role[]])[] = [
  ['accepts bad UTF-8', ['6.3.1', '6.12.1', '6.20.1'], BOTH],
  ['looks at UTF-8 only in whole messages', ['6.4.1', '6.4.2'], BOTH],
  ['ignores pings', ['2.1', '5.6'], BOTH],
  ['answers pings with nothing in them', ['2.2', '2.9'], BOTH],
  ['answers pings in another order', ['2.10'], BOTH],
  ['answers pongs', ['2.8', '2.9'], BOTH],
  ['closes with another code', ['1.1.1', '7.3.3', '7.7.1', 'C.3000'], BOTH],
  ['accepts bad close codes', ['7.3.2', '7.9.4', 'C.999', 'C.1015'], BOTH],
  ['drops TCP instead of closing', ['1.1.1', '7.1.1', '7.3.1'], BOTH],
  ['never ends TCP', ['1.1.1', '7.3.1'], ['server']],
  ['goes on behind a closing frame', ['7.1.3', '7.1.4'], BOTH],
  ['ignores reserved bits', ['3.1', '3.2', '3.5'], BOTH],
  ['accepts reserved opcodes', ['4.1.1', '4.1.3', '4.2.2'], BOTH],
  ['accepts fragmented control frames', ['5.1'], BOTH],
  ['accepts long control frames', ['2.5'], BOTH],
  ['accepts masks that are wrong', ['F.1.*'], BOTH],
  ['accepts lengths that are not minimal', ['F.2.*'], BOTH],
  ['echoes fragment by fragment', ['5.6', '6.1.3', '9.3.5'], BOTH],
  ['accepts continuations of nothing', ['5.9', '5.17'], BOTH],
  ['accepts text inside a message', ['5.18'], BOTH],
  ['forgets what came before a fault', ['3.2', '4.1.3'], BOTH],
  ['masks like the other role', ['1.1.1'], BOTH],
  ['sends text as binary and binary as text', ['1.1.1', '1.2.2', '9.7.2'], BOTH],
  ['loses the last octet', ['1.1.2', '9.1.1', '9.8.2', '12.2.1'], BOTH],
  ['sends a wrong accept key', ['1.1.1'], ['server']],
  ['ignores the accept key', ['H.4.1', 'H.4.2', 'H.4.3'], ['client']],
  ['ignores the status', ['H.4.4', 'H.4.5'], ['client']],
  ['answers any version', ['H.1.12', 'H.1.13', 'H.1.19'], ['server']],
  ['answers any key', ['H.1.5', 'H.1.6', 'H.1.7'], ['server']],
  ['names an extension nobody offered', ['1.1.1', 'S.3.1'], ['server']],
  ['names a subprotocol nobody offered', ['1.1.1', 'S.1.1'], ['server']],
  ['keeps its context against what was agreed', ['13.2.4', '13.6.4'], BOTH],
  ['ignores the window that was agreed', ['13.3.7', '13.5.7'], BOTH],
  ['damages what it compresses', ['12.1.4', '12.5.4'], BOTH],
];

const ROWS = TABLE.flatMap(([fault, caughtBy, roles]) =>
  roles.map((role) => ({ fault, caughtBy, role })),
);

test('every fault is in the table', () => {
  expect(TABLE.map(([fault]) => fault).sort()).toEqual([...FAULTS].sort());
});

test.each(BOTH)('a %s without faults passes all of these cases', async (role) => {
  const rows = ROWS.filter((row) => row.role === role);
  const patterns = [...new Set(rows.flatMap(({ caughtBy }) => caughtBy))];
  const results = await run(role, patterns, () => false, PATIENCE.right);
  expect(results.filter((result) => !isFine(result)).map(({ id, reason }) => [id, reason])).toEqual(
    [],
  );
  expect(results.map(({ behavior }) => behavior)).not.toContain('UNIMPLEMENTED');
});

test.concurrent.each(ROWS)('a $role that $fault is caught', async ({ fault, caughtBy, role }) => {
  const results = await run(role, caughtBy, (asked) => asked === fault, PATIENCE.wrong);
  expect(results.length).toBeGreaterThanOrEqual(caughtBy.length);
  expect(results.filter(isFine).map(({ id }) => id)).toEqual([]);
});

function run(role: Role, patterns: string[], has: Has, patience: number): Promise<CaseResult[]> {
  const cases = choose({ role, full: false, patterns });
  const pace = { full: false, patience };
  return role === 'server' ? runServer(cases, pace, has) : runClient(cases, pace, has);
}

async function runServer(cases: Case[], pace: Pace, has: Has): Promise<CaseResult[]> {
  const { server, port } = await serveMutant(has);
  const url = `ws://127.0.0.1:${port}/`;
  const results = await testServer({ url, cases, pace, parallel: PARALLEL });
  await new Promise((resolve) => server.close(resolve));
  return results;
}

async function runClient(cases: Case[], pace: Pace, has: Has): Promise<CaseResult[]> {
  const suite = new SuiteServer({ cases, pace });
  const port = await suite.listen(0, '127.0.0.1');
  const numbers = cases.map((_, i) => i + 1);
  await pooled(numbers, PARALLEL, (number) =>
    visitAsMutant(`ws://127.0.0.1:${port}/runCase?case=${number}&agent=mutant`, has),
  );
  const results = await suite.results('mutant');
  await suite.close();
  return results;
}

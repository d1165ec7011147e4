import { isExpected } from './ending';
import { BAD_ANSWERS, FAULT_NAMES, FAULTS } from './faults';
import { expectationsOf, isFatal, planOf, RUN_OVER, type Plan } from './plan';
import { integer, pick, randomOf } from './random';

const PLANS = Array.from({ length: 3000 }, (_, id) => planOf(7, id));

function some(matches: (plan: Plan) => boolean): Plan {
  return PLANS.find(matches)!;
}

test('a plan follows from the seed and the number alone', () => {
  expect(planOf(7, 11)).toEqual(planOf(7, 11));
  expect(planOf(7, 11)).not.toEqual({ ...planOf(8, 11), seed: 7 });
  expect(planOf(7, 11)).not.toEqual({ ...planOf(7, 12), id: 11 });
});

test('chance is even, and within its bounds', () => {
  const random = randomOf(1, 1);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[integer(random, 0, 3)]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('what weighs nothing is never picked', () => {
  const picked = Array.from({ length: 200 }, (_, stream) =>
    pick(randomOf(3, stream), [
      [0, 'never'],
      [1, 'one'],
      [3, 'three'],
    ]),
  );
  expect(new Set(picked)).toEqual(new Set(['one', 'three']));
  expect(picked.filter((name) => name === 'three').length).toBeGreaterThan(120);
});

test.each(['hybi-13', 'hybi-08', 'hybi-07', 'hixie-76', 'hixie-75'])('some speak %s', (version) => {
  expect(PLANS.some((plan) => plan.version === version && plan.fault === null)).toBe(true);
});

test.each(FAULT_NAMES)('the fault %s comes with the client and a version it needs', (name) => {
  const faulty = PLANS.filter(({ fault }) => fault === name);
  expect(faulty.length).toBeGreaterThan(0);
  for (const { speaker, version, closer } of faulty) {
    expect(speaker).toBe(FAULTS[name].speaker);
    expect(FAULTS[name].versions).toContain(version);
    if (isFatal(name)) expect(closer).toBe('client');
  }
});

test('only the toolkit’s own client speaks TLS and compresses; the bomb needs compression', () => {
  for (const { speaker, secure, compression, fault } of PLANS) {
    if (speaker === 'raw') expect(secure).toBe(false);
    if (speaker === 'raw') expect(compression).toBe(fault === 'bomb' ? 'deflate' : 'none');
  }
});

test('about half are accepted by a WebSocketServer, which answers none badly', () => {
  const toolkit = PLANS.filter(({ host }) => host === 'toolkit');
  expect(Math.abs(toolkit.length - PLANS.length / 2)).toBeLessThan(150);
  expect(toolkit.some(({ fault }) => BAD_ANSWERS.some((name) => name === fault))).toBe(false);
});

describe('expected endings', () => {
  const healthy = some(
    ({ fault, closer, version }) => fault === null && closer === 'server' && version === 'hybi-13',
  );
  const { code } = healthy;

  test('who closes is local to itself and remote to the other', () => {
    const ending = { initiator: 'local', sent: code, received: code } as const;
    expect(isExpected(ending, expectationsOf(healthy, 'server'))).toBe(true);
    expect(isExpected(ending, expectationsOf(healthy, 'client'))).toBe(false);
    const other = { ...ending, initiator: 'remote' } as const;
    expect(isExpected(other, expectationsOf(healthy, 'client'))).toBe(true);
  });

  test('another code, or none, is unexpected', () => {
    const expectations = expectationsOf(healthy, 'client');
    const wrong = { initiator: 'remote', sent: code, received: 4321 } as const;
    expect(isExpected(wrong, expectations)).toBe(false);
    expect(isExpected({ ...wrong, received: null }, expectations)).toBe(false);
  });

  test.each([
    ['constructor', 'client', 'server'],
    ['toolkit', 'server', 'client'],
  ] as const)('the end of the run, by the %s: the %s closes', (host, closer, other) => {
    const plan = { ...healthy, host };
    const ending = { initiator: 'local', sent: RUN_OVER, received: RUN_OVER } as const;
    expect(isExpected(ending, expectationsOf(plan, closer))).toBe(true);
    expect(isExpected(ending, expectationsOf(plan, other))).toBe(false);
  });

  test('a fault ends as its table says, and not cleanly', () => {
    const garbage = some(({ fault }) => fault === 'garbage');
    const failed = { initiator: 'protocol', sent: 1002, received: null } as const;
    expect(isExpected(failed, expectationsOf(garbage, 'server'))).toBe(true);
    const clean = { initiator: 'remote', sent: 1000, received: 1000 } as const;
    expect(isExpected(clean, expectationsOf(garbage, 'server'))).toBe(false);
  });

  test('drafts without codes close with 1000', () => {
    const hixie = some(({ fault, version }) => fault === null && version === 'hixie-76');
    const [expectation] = expectationsOf(hixie, hixie.closer);
    expect(expectation).toEqual({ initiator: 'local', sent: 1000, received: 1000 });
  });
});

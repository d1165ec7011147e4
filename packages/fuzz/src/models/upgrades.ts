/** Servers with paths, origins, limits and a hook, asked by clients that send anything and leave at any time. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PROTOCOL_VERSIONS } from '@ws/handshake';
import { upgradeRequest } from '../bytes/upgrade-requests';
import type { Fault } from '../link/faults';
import { HOOK_NAMES, SECRET } from '../link/upgrade-hooks';
import { playScene, type SceneOptions, type SceneOutcome, type Visit } from '../link/upgrade-scene';
import type { Model } from '../model';

const index = fc.nat(4);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    side: fc.constant('server' as const),
    at: fc.record({ write: index }),
    fault: fc.constantFrom('reset' as const, 'refuse' as const, 'refuse-later' as const),
  }),
  fc.record({
    side: fc.constant('server' as const),
    at: fc.record({ read: index }),
    fault: fc.constantFrom('reset' as const, 'reset-behind' as const, 'vanish' as const),
  }),
);
const visit: fc.Arbitrary<Visit> = fc.record({
  request: upgradeRequest,
  hook: fc.constantFrom(...HOOK_NAMES),
  plan: fc.record({
    faults: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fault, { maxLength: 2 })),
    cuts: fc.array(
      fc.oneof(fc.nat(4), fc.nat(1000)).map((size) => size + 1),
      { maxLength: 3 },
    ),
  }),
  steps: fc.oneof(fc.nat(6), fc.constant(1000)),
  then: fc.constantFrom('stays', 'ends', 'leaves'),
});
const options: fc.Arbitrary<SceneOptions> = fc.record(
  {
    path: fc.constant(['/demo', '/files/*', '/:room/y']),
    protocols: fc.constant(['chat', 'b']),
    protocolVersions: fc.constant(PROTOCOL_VERSIONS),
    origins: fc.constantFrom('*' as const, 'same' as const, ['https://app.test', 'null']),
    requireOrigin: fc.boolean(),
    hosts: fc.constant(['example.com', 'a.test:8080']),
    trustProxy: fc.constantFrom(true, 2),
    maxConnections: fc.constantFrom(1, 2),
    maxConnectionsPerAddress: fc.constant(1),
    maxPending: fc.constant(1),
    upgradeTimeout: fc.constantFrom(1000, Infinity),
  },
  { requiredKeys: [] },
);

export const upgrades: Model = {
  name: 'upgrades',
  law: 'whatever clients send and a hook does, each has one answer at most, and nothing is left',
  runs: 200,
  property: fc.asyncProperty(
    options,
    fc.array(visit, { minLength: 1, maxLength: 3 }),
    async (settings, visits) => checkOutcome(await playScene(settings, visits)),
  ),
};

function checkOutcome({ visits, stats, uncaught, timers, ...outcome }: SceneOutcome): void {
  assert.deepEqual(uncaught, [], 'something reached the process');
  assert.ok(outcome.hasClosed, 'close() does not come to an end');
  assert.equal(timers, 0, 'timers are left running');
  assert.equal(outcome.listeners, 0, 'listeners are left on the HTTP server');
  for (const { received, hasEnded } of visits) {
    assert.ok(hasEnded, 'a socket does not end');
    assert.ok(!received.includes(SECRET), 'a client sees what the hook has thrown');
    assert.ok(answersIn(received).length <= 1, `several answers: ${received}`);
  }
  const { connections, pending, opened, closed } = stats;
  const refused = Object.values(stats.refused).reduce((sum, count) => sum + count, 0);
  assert.deepEqual({ connections, pending }, { connections: 0, pending: 0 }, 'stats at the end');
  assert.deepEqual([opened, closed], [outcome.connections, outcome.connections], 'stats: opened');
  assert.equal(refused, outcome.refused, 'stats: refused');
  assert.ok(opened + refused <= visits.length, `${opened} opened, ${refused} refused`);
}

/** Statuses, but for those of pages. A request that is broken in two may be one for a page, and another. */
function answersIn(received: string): string[] {
  const statuses = Array.from(received.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => status!);
  return statuses.filter((status) => status !== '200');
}

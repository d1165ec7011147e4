/** Two ends and a network that fails them, anyhow. */
import fc from 'fast-check';
import { PROTOCOL_VERSIONS } from '@ws/handshake';
import { converse, type Act, type Action } from '../link/conversation';
import { EXTENSIONS, type ExtensionsName } from '../link/extensions';
import { READ_FAULT_NAMES, WRITE_FAULT_NAMES, type Fault, type SideName } from '../link/faults';
import { checkLaws, checkUntroubled } from '../link/laws';
import { READERS, type Reader } from '../link/readers';
import type { Model } from '../model';

const side = fc.constantFrom<SideName>('client', 'server');
const index = fc.oneof(fc.nat(5), fc.nat(40));
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    side,
    at: fc.record({ write: index }),
    fault: fc.constantFrom(...WRITE_FAULT_NAMES),
  }),
  fc.record({ side, at: fc.record({ read: index }), fault: fc.constantFrom(...READ_FAULT_NAMES) }),
);
const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2000 })), {
  maxLength: 6,
});
const ALL_READERS = Object.keys(READERS) as Reader[];
/** Those who hear everything in a good while. */
const LISTENERS = ALL_READERS.filter((reader) => reader !== 'told');

function readersOf(readers: readonly Reader[]): fc.Arbitrary<Record<SideName, Reader>> {
  const reader = fc.constantFrom(...readers);
  return fc.record({ client: reader, server: reader });
}

const length = fc.oneof(fc.nat(40), fc.nat(2000), fc.constantFrom(125, 16_384, 40_000, 140_000));
const HOLDS = ['pause', 'resume', 'listen', 'unlisten'] as const;
const FORMS = ['text', 'noise', 'binary', 'blob'] as const;
const speech: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom(...FORMS), length }),
  fc.record({ do: fc.constant('fragments' as const), length: fc.nat(100) }),
  fc.record({ do: fc.constant('ping' as const) }),
  fc.record({
    do: fc.constant('pour' as const),
    length: fc.constantFrom(0, 200, 3000),
    times: fc.integer({ min: 1, max: 12 }),
  }),
);
/** What ends the connection, or not: it depends on the protocol version, and on the length. */
const misuse: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('bytes' as const, 'lent' as const),
  length,
});
const wait: fc.Arbitrary<Act> = fc.record({
  do: fc.constant('wait' as const),
  milliseconds: fc.constantFrom(1, 5000, 50_000),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: speech },
  { weight: 1, arbitrary: wait },
  { weight: 1, arbitrary: misuse },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...HOLDS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('terminate' as const) }) },
);
const steps = fc.oneof(fc.nat(3), fc.constantFrom(10, 1000));

/** Everything that makes a connection do or end something by itself. */
const options = fc.record(
  {
    maxLength: fc.constantFrom(20, 1000, 10_000),
    highWaterMark: fc.constantFrom(0, 100, 65_536),
    maxBufferedAmount: fc.constantFrom(0, 300, 20_000),
    slowReader: fc.constantFrom('close' as const, 'drop' as const, 'none' as const),
    ping: fc.constant(10),
    pingTimeout: fc.constant(1000),
    idleTimeout: fc.constant(20_000),
    unheardTimeout: fc.constantFrom(0, 1000, Infinity),
    delivery: fc.constantFrom('sync' as const, 'turn' as const),
  },
  { requiredKeys: [] },
);

const version = fc.oneof(
  { weight: 3, arbitrary: fc.constant('hybi-13' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...PROTOCOL_VERSIONS) },
);

/** As often none as any. */
const anyOf = <Name>(names: readonly Name[], none: Name): fc.Arbitrary<Name> =>
  fc.oneof(fc.constant(none), fc.constantFrom(...names));
const ALL_EXTENSIONS = Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[];
const willing = ALL_EXTENSIONS.filter((name): name is ExtensionsName => name !== 'unwilling');

function script(acts: fc.Arbitrary<Act>): fc.Arbitrary<Action[]> {
  return fc.array(fc.record({ by: side, act: acts, steps }), { maxLength: 12 });
}

export const link: Model = {
  name: 'link',
  law: 'whatever fails, both ends close once, lose nothing in the middle, and leave nothing behind',
  runs: 400,
  property: fc.asyncProperty(
    fc.record({
      readers: readersOf(ALL_READERS),
      script: script(act),
      options: fc.option(options, { nil: undefined }),
      version,
      extensions: anyOf(ALL_EXTENSIONS, 'none'),
    }),
    fc.record({ cuts, faults: fc.array(fault, { maxLength: 3 }) }),
    async (conversation, plan) => checkLaws(await converse(conversation, plan)),
  ),
};

/** Steps until everything has arrived. */
const ALL = Number.MAX_SAFE_INTEGER;

export const goodLink: Model = {
  name: 'good-link',
  law: 'as long as nothing fails, all that was sent arrives, and the end is clean',
  runs: 200,
  property: fc.asyncProperty(
    fc.record({ readers: readersOf(LISTENERS), version, extensions: anyOf(willing, 'none') }),
    script(speech),
    cuts,
    side,
    async (how, acts, sizes, by) => {
      const arrive: Action = { by, act: { do: 'resume' }, steps: ALL };
      const close: Action = { by, act: { do: 'close' }, steps: ALL };
      const conversation = { ...how, script: [...acts, arrive, close] };
      const outcome = await converse(conversation, { faults: [], cuts: sizes });
      checkLaws(outcome);
      checkUntroubled(outcome);
    },
  ),
};

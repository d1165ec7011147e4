/** Every scenario on a link that every fault strikes at every write and read. */
import { converse, type Conversation } from './conversation';
import { READ_FAULT_NAMES, WRITE_FAULT_NAMES, type Fault, type SideName } from './faults';
import type { LinkPlan } from './faulty-duplex';
import { checkLaws, checkUntroubled } from './laws';
import { CLEAN_SCENARIOS, SCENARIOS } from './scenarios';

const CUTS = [[], [1], [7, 200, 2, 9000]];

test.each(Object.entries(CLEAN_SCENARIOS))('untroubled: %s', async (_name, conversation) => {
  for (const cuts of CUTS) {
    const outcome = await converse(conversation, { faults: [], cuts });
    checkLaws(outcome);
    checkUntroubled(outcome);
  }
});

test('a conversation leaves no handle behind', async () => {
  const before = handles();
  for (const conversation of Object.values(SCENARIOS)) {
    await converse(conversation, { faults: [], cuts: [] });
  }
  expect(handles()).toEqual(before);
});

/** But for timers, which the test runner has, too: those of conversations the laws count. */
function handles(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name !== 'Timeout');
}

const terminated = Object.entries(SCENARIOS).filter(([name]) => /terminates amid/.test(name));

test.each(terminated)('messages are being worked on when %s', async (_name, conversation) => {
  const { extensions } = await converse(conversation, { faults: [], cuts: CUTS.at(-1)! });
  expect(extensions.some(({ cutShort }) => cutShort > 0)).toBe(true);
});

describe.each(Object.entries(SCENARIOS))('%s', (_name, conversation) => {
  test.each(['client', 'server'] as const)('every fault on the side of the %s', async (side) => {
    const faults = await everyFault(conversation, side);
    expect(faults.length).toBeGreaterThan(20);
    for (const fault of faults) {
      const plan = { faults: [fault], cuts: CUTS.at(-1)! };
      await expectLawful(conversation, plan);
    }
  });
});

/** Every fault that can strike `side` at each write and read it has when nothing goes wrong. */
async function everyFault(conversation: Conversation, side: SideName): Promise<Fault[]> {
  const outcome = await converse(conversation, { faults: [], cuts: CUTS.at(-1)! });
  const { write, read } = outcome[side].stream.counts;
  const writes = Array.from({ length: write }, (_, index) =>
    WRITE_FAULT_NAMES.map((fault): Fault => ({ side, at: { write: index }, fault })),
  );
  const reads = Array.from({ length: read }, (_, index) =>
    READ_FAULT_NAMES.map((fault): Fault => ({ side, at: { read: index }, fault })),
  );
  return [...writes, ...reads].flat();
}

async function expectLawful(conversation: Conversation, plan: LinkPlan): Promise<void> {
  const outcome = await converse(conversation, plan);
  try {
    checkLaws(outcome);
  } catch (cause) {
    throw new Error(`with ${JSON.stringify(plan)}: ${(cause as Error).message}`, { cause });
  }
}

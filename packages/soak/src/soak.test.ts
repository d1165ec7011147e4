/** A whole run in one process, with a bounded number of connections and next to no waiting. */
import { SoakClients } from './client/soak-clients';
import { makeIdentity } from './identity';
import { FAULT_NAMES, FAULTS } from './plan/faults';
import { planOf } from './plan/plan';
import { SoakServer } from './server/soak-server';
import { countOf, sumOf, totalOf, type Tallied } from './tally';

const SEED = 21;
const TOTAL = 300;
const PACE = 0.01;

let tallied: Tallied;

beforeAll(async () => {
  const settings = { seed: SEED, connections: 50, pace: PACE, identity: await makeIdentity() };
  const server = new SoakServer(settings);
  const ports = await server.listen();
  const share = { index: 0, of: 1 };
  const clients = new SoakClients({ ...settings, ports, share, addresses: 1, total: TOTAL });
  await clients.run();
  await server.close();
  tallied = sumOf([clients.tally.counts, server.tally.counts]);
});

test('every connection ends as its plan says', () => {
  expect(tallied.unexpected).toBeUndefined();
  expect(totalOf(tallied, 'ended')).toBe(TOTAL);
});

test('every message comes back, equal and in order', () => {
  expect(countOf(tallied, 'messages', 'wrong')).toBe(0);
  expect(countOf(tallied, 'messages', 'lost')).toBe(0);
  const back =
    countOf(tallied, 'messages', 'echoed') + countOf(tallied, 'messages', 'behind a fault');
  expect(countOf(tallied, 'messages', 'sent')).toBe(back);
});

test.each(FAULT_NAMES)('the run has had the fault %s', (name) => {
  const plans = Array.from({ length: TOTAL }, (_, id) => planOf(SEED, id));
  const planned = plans.filter(({ fault }) => fault === name).length;
  expect(planned).toBeGreaterThan(0);
  const { phase, text } = FAULTS[name];
  expect(countOf(tallied, 'ended', text)).toBe(phase === 'passing' ? 0 : planned);
});

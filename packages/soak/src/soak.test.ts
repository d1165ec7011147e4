/** Whole runs in one process, with a bounded number of connections and next to no waiting. */
import { setImmediate } from 'node:timers/promises';
import { SoakClients } from './client/soak-clients';
import { makeIdentity } from './identity';
import { FAULT_NAMES, FAULTS } from './plan/faults';
import { planOf } from './plan/plan';
import { SoakServer } from './server/soak-server';
import { countOf, sumOf, totalOf, type Tallied } from './tally';

const SEED = 21;
const PACE = 0.01;

async function start({ connections, total }: { connections: number; total: number | null }) {
  const settings = { seed: SEED, connections, pace: PACE, identity: await makeIdentity() };
  const server = new SoakServer(settings);
  const ports = await server.listen();
  const share = { index: 0, of: 1 };
  const clients = new SoakClients({ ...settings, ports, share, addresses: 1, total });
  return { server, clients, ended: clients.run() };
}

function tallyOf({ server, clients }: { server: SoakServer; clients: SoakClients }): Tallied {
  return sumOf([clients.tally.counts, server.tally.counts]);
}

describe('a run until all connections have ended', () => {
  const TOTAL = 300;
  let tallied: Tallied;

  beforeAll(async () => {
    const run = await start({ connections: 50, total: TOTAL });
    await run.ended;
    await run.server.close();
    tallied = tallyOf(run);
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

  test('a WebSocketServer has accepted about half of them, and published to all of those', () => {
    const accepted = countOf(tallied, 'features', 'a WebSocketServer');
    expect(Math.abs(accepted - totalOf(tallied, 'opened') / 2)).toBeLessThan(TOTAL / 10);
    expect(countOf(tallied, 'messages', 'published to all')).toBeGreaterThan(accepted);
  });

  test.each(FAULT_NAMES)('the run has had the fault %s', (name) => {
    const plans = Array.from({ length: TOTAL }, (_, id) => planOf(SEED, id));
    const planned = plans.filter(({ fault }) => fault === name).length;
    expect(planned).toBeGreaterThan(0);
    const { phase, text } = FAULTS[name];
    expect(countOf(tallied, 'ended', text)).toBe(phase === 'passing' ? 0 : planned);
  });
});

test('what is open at the end is closed by the clients, and by the WebSocketServer', async () => {
  const run = await start({ connections: 40, total: null });
  const { server, clients, ended } = run;
  while (countOf(clients.tally.counts, 'messages', 'echoed') < 200) await setImmediate();
  clients.drain();
  while (clients.outstanding > 0) await setImmediate();
  await server.restart();
  await ended;
  await server.close();
  const tallied = tallyOf(run);
  expect(tallied.unexpected).toBeUndefined();
  expect(countOf(tallied, 'messages', 'lost')).toBe(0);
  const closed = countOf(tallied, 'features', 'closed by close() of the WebSocketServer');
  expect(closed).toBeGreaterThan(5);
});

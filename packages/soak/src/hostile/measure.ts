/** One attack on one server: three processes, and what the innocent one of them saw. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AttackCalls } from './attack-process';
import { attackNamed } from './attacks';
import type { PeerName } from './echo-servers';
import type { Figures } from './figures';
import type { InnocentCalls } from './innocent-process';
import type { Residence, ServerCalls } from './server-process';

export interface Outcome extends Figures {
  /** Bytes by which the server's resident set grew at the most. */
  readonly growth: number;
}

const SERVER_CORE = 0;
const CLIENTS_CORE = 1;

/** `ws` would otherwise load `bufferutil`, which is installed for the benches. */
const WITHOUT_ADDONS = { WS_NO_BUFFER_UTIL: '1' };

/** Milliseconds before the attack, in which the code that echoes is compiled; no longer than the attack. */
const WARM_UP_MS = 1000;
/** Milliseconds for which the innocent client waits in the end. */
const PATIENCE_MS = 30_000;

/** Whether `peer` can be attacked so. */
export function takesPart(peer: PeerName, attack: string): boolean {
  return peer === 'ours' || attackNamed(attack).isForAll !== false;
}

/** @throws {Error} when one of the processes ends or does not answer. */
export async function measure(peer: PeerName, name: string, seconds: number): Promise<Outcome> {
  const script = (file: string): string => join(__dirname, `${file}.js`);
  const server = new Child<ServerCalls>(`the server of '${peer}'`, script('server-process'), {
    args: [peer],
    env: WITHOUT_ADDONS,
    core: SERVER_CORE,
  });
  const onClients = { core: CLIENTS_CORE };
  const attackers = new Child<AttackCalls>('the attackers', script('attack-process'), onClients);
  const innocent = new Child<InnocentCalls>('the innocent', script('innocent-process'), onClients);
  try {
    return await attacked({ server, attackers, innocent }, name, seconds * 1000);
  } finally {
    await Promise.all([attackers, innocent, server].map((child) => child.stop()));
  }
}

interface Processes {
  readonly server: Child<ServerCalls>;
  readonly attackers: Child<AttackCalls>;
  readonly innocent: Child<InnocentCalls>;
}

async function attacked(
  { server, attackers, innocent }: Processes,
  name: string,
  ms: number,
): Promise<Outcome> {
  const { deflate = false, connections } = attackNamed(name);
  const [port] = await Promise.all([
    server.ask('listen', { deflate }),
    attackers.ask('prepare', name),
  ]);
  await innocent.ask('start', port);
  await setTimeout(Math.min(WARM_UP_MS, ms));
  const before = await server.ask('residence');
  await innocent.ask('count');
  await attackers.ask('start', port, connections);
  await setTimeout(ms);
  const [figures] = await Promise.all([innocent.ask('stop', PATIENCE_MS), attackers.ask('stop')]);
  return { ...figures, growth: growthOf(before, await server.ask('residence')) };
}

/** A most that has not risen is of the time before: what there is now is known, then. */
function growthOf(before: Residence, after: Residence): number {
  const peak = after.most > before.most ? after.most : after.now;
  return Math.max(0, peak - before.now);
}

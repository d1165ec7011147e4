/** One measurement of a client: a fresh process for it, a fixed server, one cell, one figure. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import type { EchoCell } from './cells';
import type { ClientCalls } from './client-process';
import { clientEntry } from './clients';
import { LOAD_CORE, MEASURED_CORE, warmUpOf } from './measure';
import type { LoadCalls } from './load-process';
import { programOf } from './runtimes';

/**
 * CPU time of the client per message that it receives and sends back, in microseconds.
 *
 * @param seconds how long the counted load lasts, about, after a warm-up.
 */
export async function measureClient(
  name: string,
  cell: EchoCell,
  seconds: number,
): Promise<number> {
  const { runtime, env = {}, returnsBytes = false } = clientEntry(name);
  const client = new Child<ClientCalls>(`the client '${name}'`, scriptOf('client-process'), {
    args: [name],
    program: programOf(runtime),
    env,
    core: MEASURED_CORE,
  });
  const load = new Child<LoadCalls>(`the load on '${name}'`, scriptOf('load-process'), {
    core: LOAD_CORE,
  });
  try {
    await client.ask('dial', await load.ask('awaitClients', cell, returnsBytes), cell.connections);
    await load.ask('openToClients');
    const rate = await load.ask('warmUp', warmUpOf(cell, seconds));
    const before = await client.ask('cpuMicroseconds');
    const messages = await load.ask('run', rate * seconds);
    return ((await client.ask('cpuMicroseconds')) - before) / messages;
  } finally {
    await load.stop();
    await client.stop();
  }
}

function scriptOf(name: string): string {
  return join(__dirname, `${name}.js`);
}

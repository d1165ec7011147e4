/** How long a quiet connection waits for its echoes while others flood the server. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import type { Flood } from './floods';
import type { LoadCalls } from './load-process';
import type { Latency } from './loads/quiet';
import { LOAD_CORE, returnsBytes, withPair } from './measure';
import { peerEntry } from './peers';
import { UNCOMPRESSED } from './peers/peer';
import { warmUpFor } from './warm-up';

/** Before anything counts: for the server to be compiled, and the buffers of the network to be full. */
const WARM_UP_SECONDS = 1;

/** Measures `peer` once: the quiet connection has a process of its own, which goes first on its core. */
export function measureLatency(peer: string, flood: Flood, seconds: number): Promise<Latency> {
  return withPair(peer, async ({ server, load }) => {
    const port = await server.ask('listen', UNCOMPRESSED);
    await load.ask('flood', port, flood);
    const quiet = new Child<LoadCalls>('the quiet load', join(__dirname, 'load-process.js'), {
      core: LOAD_CORE,
    });
    try {
      const target = { port, returnsBytes: returnsBytes(peer) };
      await quiet.ask('measureLatency', target, warmUpFor(WARM_UP_SECONDS, seconds));
      return await quiet.ask('measureLatency', target, seconds);
    } finally {
      await quiet.stop();
    }
  });
}

/** Whether `peer` can be measured: it has to read what nobody has subscribed to. */
export function canBeFlooded(peer: string): boolean {
  return peerEntry(peer).cells?.includes('broadcast') !== false;
}

/** How long a quiet connection waits beside flooding ones. */
import { benchOf, split, type Bench } from '../bench';
import { FLOODS } from '../floods';
import { canBeFlooded, measureLatency } from '../latency';
import { PEER_NAMES, peerEntry } from '../peers';

export const latency: Bench = benchOf({
  name: 'latency',
  title: 'time of an echo on a quiet connection',
  unit: 'ms',
  compared: 'as they are',
  shown: 'median',
  rows: FLOODS,
  peers: PEER_NAMES.filter(canBeFlooded),
  usualPeers: ['ours', 'ws', 'ws+bufferutil', 'bun', 'deno', 'raw'],
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart: () => true,
  measure: measureLatency,
  figures: (result) => split(result, { median: ({ median }) => median, p99: ({ p99 }) => p99 }),
});

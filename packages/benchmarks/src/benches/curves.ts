/** How the server's CPU time per message grows with connections, size, subscribers and messages in flight. */
import { benchOf, type Bench } from '../bench';
import { CPU_CURVES, CPU_POINTS, QUICK_CPU_ROWS } from '../curves';
import { measureCell, takesPart } from '../measure';
import { PEER_NAMES, peerEntry } from '../peers';

const USUAL = ['ours', 'toolkit', 'ws', 'raw'];

export const curves: Bench = benchOf({
  name: 'curves',
  title: 'how server CPU time per message grows',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
  rows: CPU_POINTS,
  curves: CPU_CURVES,
  quick: { rows: QUICK_CPU_ROWS, peers: USUAL },
  peers: PEER_NAMES,
  usualPeers: USUAL,
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart,
  measure: measureCell,
  figures: (result) => [result],
});

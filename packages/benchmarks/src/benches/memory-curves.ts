/** How the server's memory grows with idle connections. */
import { benchOf, split, type Bench } from '../bench';
import { MEMORY_POINTS, memoryCurves, QUICK_MEMORY_ROWS } from '../curves';
import { joins, measureMemory, PER_CONNECTION } from '../memory';
import { PEER_NAMES, peerEntry } from '../peers';

const USUAL = ['ours', 'toolkit', 'ws', 'raw'];

export const memoryCurvesBench: Bench = benchOf({
  name: 'memory curves',
  option: 'curves',
  title: 'how server memory per connection grows',
  unit: 'KiB',
  compared: 'as they are',
  shown: 'median',
  rows: MEMORY_POINTS,
  curves: memoryCurves(Object.keys(PER_CONNECTION)),
  quick: { rows: QUICK_MEMORY_ROWS, peers: USUAL },
  peers: PEER_NAMES,
  usualPeers: USUAL,
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart: joins,
  measure: measureMemory,
  figures: (result) => split(result, PER_CONNECTION),
});

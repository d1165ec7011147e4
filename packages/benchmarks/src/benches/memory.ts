/** Server memory per connection. */
import { benchOf, split, type Bench } from '../bench';
import { CROWDS, joins, measureMemory, PER_CONNECTION } from '../memory';
import { PEER_NAMES, peerEntry } from '../peers';

export const memory: Bench = benchOf({
  name: 'memory',
  title: 'server memory per connection',
  unit: 'KiB',
  compared: 'as they are',
  shown: 'median',
  rows: CROWDS,
  peers: PEER_NAMES,
  usualPeers: ['ours', 'toolkit', 'ws', 'bun', 'raw'],
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart: joins,
  measure: measureMemory,
  figures: (result) => split(result, PER_CONNECTION),
});

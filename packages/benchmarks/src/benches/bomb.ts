/** What a compressed bomb does to a server, and to others meanwhile; the worst round, since a median would hide it. */
import { benchOf, split, type Bench } from '../bench';
import { measureBomb } from '../bomb';
import { PEER_NAMES, peerEntry } from '../peers';

const MIB = 2 ** 20;

export const bomb: Bench = benchOf({
  name: 'bomb',
  title: 'a message of 1 MB that would become 1 GB',
  unit: '',
  compared: 'as they are',
  shown: 'most',
  rows: [{ name: '1 MB to 1 GB' }],
  peers: PEER_NAMES.filter((name) => peerEntry(name).compresses === true),
  usualPeers: ['ours', 'ws'],
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart: () => true,
  measure: measureBomb,
  figures: (result) =>
    split(result, {
      'growth, MiB': ({ peak, before }) => (peak - before) / MIB,
      'close code': ({ closeCode }) => closeCode,
      'answered after, ms': ({ took }) => took,
      'slowest echo meanwhile, ms': ({ slowestEcho }) => slowestEcho,
      'mean echo meanwhile, ms': ({ took, echoes }) => took / echoes,
    }),
});

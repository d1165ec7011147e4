/** Server CPU time per message: the matrix. */
import { benchOf, type Bench } from '../bench';
import { CELLS } from '../cells';
import { measureCell, takesPart } from '../measure';
import { PEER_NAMES, peerEntry } from '../peers';
import { QUICK } from '../quick';

export const servers: Bench = benchOf({
  name: 'servers',
  title: 'server CPU time per message',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
  rows: CELLS,
  quick: QUICK,
  peers: PEER_NAMES,
  usualPeers: PEER_NAMES.filter((name) => name !== 'ws-w3c'),
  runtimeOf: (peer) => peerEntry(peer).runtime,
  takesPart,
  measure: measureCell,
  figures: (result) => [result],
});

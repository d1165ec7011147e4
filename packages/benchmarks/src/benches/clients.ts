/** Client CPU time per message. */
import { benchOf, type Bench } from '../bench';
import { CLIENT_CELLS } from '../cells';
import { CLIENT_NAMES, clientEntry } from '../clients';
import { measureClient } from '../measure-client';

export const clients: Bench = benchOf({
  name: 'clients',
  title: 'client CPU time per message',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
  rows: CLIENT_CELLS,
  peers: CLIENT_NAMES,
  usualPeers: CLIENT_NAMES,
  runtimeOf: (name) => clientEntry(name).runtime,
  takesPart: () => true,
  measure: measureClient,
  figures: (result) => [result],
});

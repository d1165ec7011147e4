/** Parsers and encoders by themselves. */
import { benchOf, type Bench } from '../bench';
import { CODEC_CELLS } from '../codec-cells';
import { CODEC_NAMES, codecEntry } from '../codecs';
import { measureCodec } from '../measure-codec';

export const codecs: Bench = benchOf({
  name: 'codecs',
  title: 'time of a parser or encoder per message',
  unit: 'µs',
  compared: 'by capacity',
  shown: 'median',
  rows: CODEC_CELLS,
  peers: CODEC_NAMES,
  usualPeers: CODEC_NAMES,
  runtimeOf: () => 'node',
  takesPart: (name, { task }) => task === 'parse' || codecEntry(name).parses !== true,
  measure: measureCodec,
  figures: (result) => [result],
});

/** What a message of a gigabyte costs both ends, which are the columns. It uses sendStream() and messages(). */
import { benchOf, type Bench } from '../bench';
import { measureStream, STREAMS, type StreamCost } from '../stream';

const MIB = 2 ** 20;

const COLUMNS: Readonly<Record<string, (cost: StreamCost) => number>> = {
  'sender, MiB': ({ sender }) => (sender.peak - sender.before) / MIB,
  'receiver, MiB': ({ receiver }) => (receiver.peak - receiver.before) / MIB,
  seconds: ({ seconds }) => seconds,
};

export const stream: Bench = benchOf({
  name: 'stream',
  title: 'growth of the resident set by a message of 1 GiB, and its time',
  unit: '',
  compared: 'as they are',
  shown: 'most',
  rows: STREAMS,
  peers: ['ours'],
  usualPeers: ['ours'],
  runtimeOf: () => 'node',
  takesPart: () => true,
  measure: (_, row) => measureStream(row),
  figures: (result) =>
    Object.entries(COLUMNS).map(([peer, measure]) => ({
      ...result,
      peer,
      samples: result.samples.map(measure),
    })),
});

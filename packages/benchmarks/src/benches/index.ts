/** Everything that can be measured, in the order of a report. */
import type { Bench } from '../bench';
import { bomb } from './bomb';
import { clients } from './clients';
import { codecs } from './codecs';
import { curves } from './curves';
import { latency } from './latency';
import { memory } from './memory';
import { memoryCurvesBench } from './memory-curves';
import { servers } from './servers';
import { stream } from './stream';

export const BENCHES: readonly Bench[] = [
  servers,
  clients,
  codecs,
  latency,
  memory,
  curves,
  memoryCurvesBench,
  bomb,
  stream,
];

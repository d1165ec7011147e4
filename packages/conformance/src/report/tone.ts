/** The colour of a verdict: the worse of behaviour and closing decides. */
import type { Verdict } from '../engine/judge';

export type Tone = 'good' | 'soft' | 'plain' | 'absent' | 'bad';

export function toneOf({ behavior, closing }: Verdict): Tone {
  if (behavior === 'FAILED' || closing === 'FAILED' || closing === 'WRONG CODE') return 'bad';
  if (behavior === 'NON-STRICT' || closing === 'UNCLEAN' || closing === 'FAILED BY CLIENT') {
    return 'soft';
  }
  if (behavior === 'UNIMPLEMENTED') return 'absent';
  return behavior === 'INFORMATIONAL' ? 'plain' : 'good';
}

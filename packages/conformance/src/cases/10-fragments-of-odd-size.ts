/** Group 10: fragments whose size does not divide the message. */
import { exactly, filled, fragments, send, TEXT, textEvent } from '../model/builders';
import type { Case } from '../model/case';
import { NORMAL } from '../model/closing-rules';

export const ODD_FRAGMENTS: readonly Case[] = [
  {
    id: '10.1.1',
    title: 'A text message of 64 KiB in fragments of 1,300 octets',
    expects: 'The whole message comes back.',
    closing: NORMAL,
    limit: 10_000,
    script: () => {
      const payload = filled(65_536, '*');
      return {
        steps: [send(fragments(TEXT, payload, 1300))],
        outcomes: exactly(textEvent(payload)),
      };
    },
  },
];

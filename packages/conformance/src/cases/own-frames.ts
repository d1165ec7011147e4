/** Group F: frames that are well-formed enough to be read, and must be refused (RFC 6455 §5.1, §5.2). */
import { exactly, hex, send, text, textEvent, more, unfinished } from '../model/builders';
import type { Case, ClosingRule, Role, Step } from '../model/case';
import { failing, NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';

/** Too long for the protocol, or for the endpoint: either may be said. */
const TOO_LONG = failing([1002, 1009], true);
const FAILS = 'The connection fails, and nothing comes back.';
const PARTS = 1000;

export const FRAMES: readonly Case[] = [
  refused('F.1.1', 'A frame that is not masked', ['server'], '810548656c6c6f'),
  refused('F.1.2', 'A masked frame', ['client'], '818537fa213d7f9f4d5158'),
  refused('F.2.1', 'A length of 5 in 16 bits', ['server'], '81fe00050000000048656c6c6f'),
  refused('F.2.1', 'A length of 5 in 16 bits', ['client'], '817e000548656c6c6f'),
  refused(
    'F.2.2',
    'A length of 5 in 64 bits',
    ['server'],
    '81ff00000000000000050000000048656c6c6f',
  ),
  refused('F.2.2', 'A length of 5 in 64 bits', ['client'], '817f000000000000000548656c6c6f'),
  refused(
    'F.2.3',
    'A ping with a length of 5 in 16 bits',
    ['server'],
    '89fe00050000000048656c6c6f',
  ),
  refused('F.2.3', 'A ping with a length of 5 in 16 bits', ['client'], '897e000548656c6c6f'),
  refused(
    'F.3.1',
    'A length with its highest bit set',
    ['server'],
    '82ff800000000000000500000000',
    TOO_LONG,
  ),
  refused(
    'F.3.1',
    'A length with its highest bit set',
    ['client'],
    '827f8000000000000005',
    TOO_LONG,
  ),
  refused('F.3.2', 'A length of 2⁵³', ['server'], '82ff002000000000000000000000', TOO_LONG),
  refused('F.3.2', 'A length of 2⁵³', ['client'], '827f0020000000000000', TOO_LONG),
  {
    id: 'F.4.1',
    title: 'A message with a thousand empty fragments inside',
    expects: 'The whole message comes back.',
    closing: NORMAL,
    script: () => {
      const empty = Array.from({ length: PARTS }, () => unfinished(more()));
      const steps = [send([unfinished(text('Hello, ')), ...empty, more('world!')])];
      return { steps, outcomes: exactly(textEvent('Hello, world!')) };
    },
  },
];

function refused(
  id: string,
  title: string,
  roles: Role[],
  digits: string,
  closing: ClosingRule = { ...PROTOCOL_ERROR, decides: true },
): Case {
  const steps: Step[] = [{ do: 'octets', octets: hex(digits) }];
  return {
    id,
    title,
    expects: FAILS,
    roles,
    closing,
    script: () => ({ steps, outcomes: exactly() }),
  };
}

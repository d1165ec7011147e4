/** Group S: what a server makes of subprotocols and extensions that it may not know (RFC 6455 §4.2, §9.1). */
import { exactly, send, text, textEvent } from '../model/builders';
import type { Case, HeadChange, Opening, Refusal } from '../model/case';
import { NORMAL } from '../model/closing-rules';

const HELLO = 'Hello, world!';
const PROTOCOL = 'Sec-WebSocket-Protocol';
const EXTENSIONS = 'Sec-WebSocket-Extensions';
const NO_EXTENSION = { [EXTENSIONS]: null };
const LONG = 8000;

const UNKNOWN_PROTOCOLS: Numbered = [
  ['A subprotocol nobody has heard of', 'x-unheard-of'],
  ['Several subprotocols nobody has heard of', 'x-unheard-of, x-unseen, x-unknown'],
  ['Several lines of subprotocols', ['x-unheard-of', 'x-unseen']],
  ['Subprotocols named like members of objects', 'constructor, __proto__, toString'],
];

const UNKNOWN_EXTENSIONS: Numbered = [
  ['An extension nobody has heard of', 'x-unheard-of'],
  ['Extensions with parameters', 'x-unheard-of; a=1; b="two"; c, x-unseen; level=9'],
  ['Several lines of extensions', ['x-unheard-of; a', 'x-unseen']],
  ['Extensions named like members of objects', 'constructor, __proto__; toString, hasOwnProperty'],
  ['Empty elements in the list', 'x-unheard-of,,x-unseen'],
  ['The extension of the drafts', 'deflate-stream'],
  ['Parameters that permessage-deflate does not have', 'permessage-deflate; x-unheard-of=1'],
  [
    'A window that permessage-deflate does not have',
    'permessage-deflate; server_max_window_bits=16',
  ],
  ['A window with a leading zero', 'permessage-deflate; server_max_window_bits=08'],
  [
    'A doubled parameter of permessage-deflate',
    `permessage-deflate${'; server_no_context_takeover'.repeat(2)}`,
  ],
];

/** "the recipient of such malformed data MUST immediately _Fail the WebSocket Connection_" §9.1 */
const MALFORMED: Refusal = { statuses: [400], lenient: true };

/** The time a server takes must not grow with the square of what it reads. */
const MALFORMED_EXTENSIONS: Numbered = [
  ['A parameter without a name', 'x-unheard-of; =1'],
  ['A quote that does not end', `x-unheard-of; a="${'\\'.repeat(31)}`],
  ['A quoted value that is no token', 'x-unheard-of; a="one, \\"2\\""'],
  ['A long run of spaces', `x-unheard-of${' '.repeat(LONG)}x`],
  ['A long run of commas', ','.repeat(LONG)],
  ['A long run of quotes', `x-unheard-of; a=${'"'.repeat(LONG)}`],
  ['A long run of backslashes in quotes', `x-unheard-of; a="${'\\'.repeat(LONG)}"`],
];

type Numbered = readonly (readonly [title: string, value: string | readonly string[]])[];

export const NEGOTIATION: readonly Case[] = [
  ...accepted('S.1', UNKNOWN_PROTOCOLS, PROTOCOL, 'no subprotocol but one of those offered', {}),
  {
    ...echoing('S.2.1', 'Customary subprotocols', {
      request: { headers: { [PROTOCOL]: 'chat, echo, mqtt' } },
    }),
    expects: 'The server accepts; it chooses one of those offered, or none.',
  },
  ...accepted('S.3', UNKNOWN_EXTENSIONS, EXTENSIONS, 'no extension', NO_EXTENSION),
  ...MALFORMED_EXTENSIONS.map(([title, value], i): Case => ({
    ...echoing(`S.4.${i + 1}`, title, { request: change(EXTENSIONS, value) }),
    expects: 'The server refuses at once: the header is malformed. To ignore it is not strict.',
    opening: { request: change(EXTENSIONS, value), refused: MALFORMED },
  })),
];

function accepted(
  group: string,
  offers: Numbered,
  name: string,
  chosen: string,
  response: NonNullable<Opening['response']>,
): Case[] {
  return offers.map(([title, value], i) => ({
    ...echoing(`${group}.${i + 1}`, title, { request: change(name, value), response }),
    expects: `The server accepts, and names ${chosen}; a message comes back.`,
  }));
}

function echoing(id: string, title: string, opening: Opening): Case {
  return {
    id,
    title,
    expects: 'A message comes back.',
    roles: ['server'],
    closing: NORMAL,
    opening,
    script: () => ({ steps: [send(text(HELLO))], outcomes: exactly(textEvent(HELLO)) }),
  };
}

function change(name: string, value: string | readonly string[]): HeadChange {
  return { headers: { [name]: value } };
}

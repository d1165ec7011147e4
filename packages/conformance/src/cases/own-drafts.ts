/** Group D: the drafts 75 and 76, with their keys, their framing and their closing. For servers. */
import { close, exactly, filled, hex, send, text, textEvent } from '../model/builders';
import type { Case, ClosingRule, Opening, PeerEvent, Refusal, Step } from '../model/case';
import { CLEAN_CLOSE, failing, NORMAL } from '../model/closing-rules';

const HELLO = 'Hello, world!';
const KEY1 = 'Sec-WebSocket-Key1';
const BACK = 'The message comes back.';
const BAD_REQUEST: Refusal = { statuses: [400] };
/** The drafts have no close codes: what matters is that the connection ends. */
const FAILS: ClosingRule = failing([], true);
/** Draft 75 closes by ending TCP. */
const BY_ENDING: ClosingRule = { by: 'suite', codes: [], clean: false, decides: false };
const OPEN_76: Opening = { version: 'hixie-76' };

const BAD_KEYS: readonly (readonly [title: string, key: string])[] = [
  ['without digits', 'k Q# x'],
  ['with the number 0', '0 k0'],
  ['without spaces', '4kQ2#8'],
  ['whose number is no multiple of its spaces', '1 0 k 0'],
  ['whose number has more than 32 bits', '4294967296 0k'],
];

export const DRAFTS: readonly Case[] = [
  ...(['hixie-75', 'hixie-76'] as const).flatMap((version) => common(version)),
  draft('D.76.10', 'A closing frame', 'It is answered.', OPEN_76, [send(close())], CLEAN_CLOSE),
  draft(
    'D.76.11',
    'A frame behind the closing frame',
    'It is ignored.',
    OPEN_76,
    [send([close(), text(HELLO)])],
    CLEAN_CLOSE,
  ),
  draft(
    'D.76.12',
    'A length to skip that does not end',
    'The connection ends.',
    OPEN_76,
    [octets('80ffffffffffffffffffffffff7f')],
    FAILS,
  ),
  draft(
    'D.76.13',
    'A length to skip of 0, then text',
    BACK,
    OPEN_76,
    [octets('8000'), send(text(HELLO))],
    NORMAL,
    [textEvent(HELLO)],
  ),
  draft(
    'D.76.14',
    'A closing frame octet by octet',
    'It is answered.',
    OPEN_76,
    [send(close(), { chop: 1 })],
    CLEAN_CLOSE,
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((key3With, i) =>
    draft(
      `D.76.2${i}`,
      `${key3With} octets of key3 with the request, the rest late`,
      BACK,
      { ...OPEN_76, key3With },
      [send(text(HELLO))],
      NORMAL,
      [textEvent(HELLO)],
    ),
  ),
  ...BAD_KEYS.map(([title, key], i) =>
    draft(
      `D.76.3${i}`,
      `A key ${title}`,
      'The server refuses with status 400.',
      { ...OPEN_76, request: { headers: { [KEY1]: key } }, refused: BAD_REQUEST },
      [],
      NORMAL,
    ),
  ),
  draft(
    'D.76.35',
    'Only one of the two keys',
    'The server refuses with status 400.',
    { ...OPEN_76, request: { headers: { [KEY1]: null } }, refused: BAD_REQUEST },
    [],
    NORMAL,
  ),
];

/** What both drafts have. */
function common(version: 'hixie-75' | 'hixie-76'): Case[] {
  const group = version.replace('hixie-', 'D.');
  const closing = version === 'hixie-75' ? BY_ENDING : NORMAL;
  const echo = (number: number, title: string, steps: Step[], ...events: PeerEvent[]): Case =>
    draft(`${group}.${number}`, title, BACK, { version }, steps, closing, events);
  const long = filled(65_536, '*');
  return [
    echo(1, 'A text message', [send(text(HELLO))], textEvent(HELLO)),
    echo(2, 'An empty message', [send(text())], textEvent()),
    echo(3, 'Text beyond ASCII', [send(text('κόσμε'))], textEvent('κόσμε')),
    echo(4, 'A message of 64 KiB', [send(text(long))], textEvent(long)),
    echo(
      5,
      'Two messages at once',
      [send([text('one'), text('two')])],
      textEvent('one'),
      textEvent('two'),
    ),
    echo(6, 'A message octet by octet', [send(text(HELLO), { chop: 1 })], textEvent(HELLO)),
    echo(
      7,
      'Octets to skip, then text',
      [octets('8003616263'), send(text(HELLO))],
      textEvent(HELLO),
    ),
    draft(
      `${group}.8`,
      'Text that is not UTF-8',
      'The connection ends, and nothing comes back.',
      { version },
      [octets('00c328ff')],
      FAILS,
    ),
  ];
}

function draft(
  id: string,
  title: string,
  expects: string,
  opening: Opening,
  steps: Step[],
  closing: ClosingRule,
  events: PeerEvent[] = [],
): Case {
  const name = id.slice(2, 4);
  return {
    id,
    title: `Draft ${name}: ${title}`,
    expects,
    roles: ['server'],
    opening,
    closing,
    script: () => ({ steps, outcomes: exactly(...events) }),
  };
}

function octets(digits: string): Step {
  return { do: 'octets', octets: hex(digits) };
}

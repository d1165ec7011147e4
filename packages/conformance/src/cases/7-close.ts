/** Group 7: the closing handshake, its codes and its reasons (RFC 6455 §5.5.1, §7). */
import {
  close,
  exactly,
  filled,
  frame,
  hex,
  more,
  ping,
  send,
  text,
  textEvent,
  unfinished,
  CLOSE,
} from '../model/builders';
import type { Case, ClosingRule, FrameSpec, PeerEvent } from '../model/case';
import { BAD_CLOSE, badClose, CLEAN_CLOSE, echoed, NORMAL } from '../model/closing-rules';

const HELLO = 'Hello World!';
const LARGE = 262_144;
const BAD_REASON = hex('cebae1bdb9cf83cebcceb5eda080656469746564');
const VALID_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
const INVALID_CODES = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
const CLEANLY = 'The closing frame is answered, and the connection closes cleanly.';
const IGNORED = 'What is behind the closing frame is ignored; the connection closes cleanly.';
const REFUSED = 'The closing frame is wrong: the connection fails.';

export const CLOSING: readonly Case[] = [
  closing('7.1.1', 'A message, then a closing frame', CLEANLY, [text(HELLO)], NORMAL, [
    textEvent(HELLO),
  ]),
  closing('7.1.2', 'Two closing frames', 'One closing frame comes back.', [close(1000), close()]),
  closing('7.1.3', 'A ping behind the closing frame', IGNORED, [close(1000), ping()]),
  closing('7.1.4', 'Text behind the closing frame', IGNORED, [close(1000), text(HELLO)]),
  closing('7.1.5', 'A closing frame inside a message', IGNORED, [
    unfinished(text('fragment1')),
    close(1000),
    more('fragment2'),
  ]),
  {
    id: '7.1.6',
    title: 'A large message, text, a closing frame and a ping at once',
    expects: 'Nothing in particular: how much comes back shows how the endpoint works.',
    closing: NORMAL,
    informational: true,
    script: () => ({
      steps: [send([text(filled(LARGE, 'BAsd7&jh23')), text(HELLO), close(1000), ping()])],
      outcomes: exactly(),
    }),
  },
  closing('7.3.1', 'A closing frame without code', CLEANLY, [close()]),
  closing('7.3.2', 'A closing frame with one octet', REFUSED, [frame(CLOSE, 'a')], BAD_CLOSE),
  closing('7.3.3', 'A closing frame with a code', CLEANLY, [close(1000)]),
  closing('7.3.4', 'A closing frame with code and reason', CLEANLY, [close(1000, HELLO)]),
  closing('7.3.5', 'The longest reason', CLEANLY, [close(1000, filled(123, '*'))]),
  closing(
    '7.3.6',
    'A reason one octet too long',
    REFUSED,
    [close(1000, filled(124, '*'))],
    BAD_CLOSE,
  ),
  closing(
    '7.5.1',
    'A reason that is not UTF-8',
    REFUSED,
    [close(1000, BAD_REASON)],
    badClose([1002, 1007]),
  ),
  ...VALID_CODES.map((code, i) => withCode(`7.7.${i + 1}`, code, CLEANLY, echoed(code))),
  ...INVALID_CODES.map((code, i) => withCode(`7.9.${i + 1}`, code, REFUSED, BAD_CLOSE)),
  ...[5000, 65_535].map((code, i) => ({
    ...withCode(
      `7.13.${i + 1}`,
      code,
      'Nothing in particular: the code is outside of all ranges that have been defined.',
      BAD_CLOSE,
    ),
    informational: true,
  })),
];

function withCode(id: string, code: number, expects: string, rule: ClosingRule): Case {
  return closing(id, `A closing frame with the code ${code}`, expects, [close(code)], rule);
}

function closing(
  id: string,
  title: string,
  expects: string,
  frames: FrameSpec[],
  rule: ClosingRule = CLEAN_CLOSE,
  events: PeerEvent[] = [],
): Case {
  return {
    id,
    title,
    expects,
    closing: rule,
    script: () => ({ steps: [send(frames)], outcomes: exactly(...events) }),
  };
}

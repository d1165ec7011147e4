/**
 * Group E: single compressed messages that are unusual and right, and some that are wrong (RFC 7692
 * §6, §7.2). The octets are written out, most of them from the examples of §7.2.3.
 */
import {
  BINARY,
  close,
  exactly,
  frame,
  hex,
  more,
  ping,
  pongEvent,
  reserved,
  send,
  TEXT,
  text,
  textEvent,
  unfinished,
  RSV1,
} from '../model/builders';
import type { Case, ClosingRule, FrameSpec, PeerEvent } from '../model/case';
import { BAD_UTF8, badClose, failing, NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';

const HELLO = 'Hello';
const COMPRESSED = 'f248cdc9c90700';
/** Says nothing but what came 5 octets before: only right where the context is kept. */
const AGAIN = 'f200110000';
const BACK = 'The message comes back.';
const FAILS = 'The connection fails, and nothing comes back.';
/** Data that cannot be inflated is a protocol error, or not what was agreed. */
const NOT_DEFLATE = failing([1002, 1007], true);

export const MESSAGES: readonly Case[] = [
  right('E.1.1', 'One block', [packed(COMPRESSED)]),
  right('E.1.2', 'A block without compression', [packed('000500faff48656c6c6f00')]),
  right('E.1.3', 'A block that says it is the last', [packed('f348cdc9c9070000')]),
  right('E.1.4', 'Two blocks', [packed('f248050000 00ffffcac9c90700')]),
  right('E.1.5', 'A message that is not compressed', [text(HELLO)]),
  right('E.1.6', 'A message in two fragments', [
    unfinished(packed(COMPRESSED.slice(0, 6))),
    more(hex(COMPRESSED.slice(6))),
  ]),
  right('E.1.7', 'A message in fragments, the first and the last empty', [
    unfinished(packed('')),
    unfinished(more(hex(COMPRESSED))),
    more(),
  ]),
  right('E.1.8', 'An empty message', [packed('00')], [textEvent('')]),
  right(
    'E.1.9',
    'A ping inside a compressed message',
    [unfinished(packed(COMPRESSED.slice(0, 6))), ping('p'), more(hex(COMPRESSED.slice(6)))],
    [pongEvent('p'), textEvent(HELLO)],
  ),
  right(
    'E.1.10',
    'A compressed binary message',
    [reserved(frame(BINARY, hex(COMPRESSED)), RSV1)],
    [{ kind: 'binary', data: Buffer.from(HELLO) }],
  ),
  right(
    'E.1.11',
    'Compressed, not compressed, compressed',
    [packed(COMPRESSED), text('x'), packed(COMPRESSED)],
    [textEvent(HELLO), textEvent('x'), textEvent(HELLO)],
  ),
  wrong('E.2.1', 'RSV1 on a continuation', [
    unfinished(packed(COMPRESSED.slice(0, 6))),
    reserved(more(hex(COMPRESSED.slice(6))), RSV1),
  ]),
  wrong('E.2.2', 'RSV1 on a ping', [reserved(ping('p'), RSV1)]),
  wrong('E.2.3', 'RSV2 on a compressed message', [frame(TEXT, hex(COMPRESSED), RSV1 | 2)]),
  wrong('E.2.4', 'A kind of block that there is not', [packed('ffffffff')], NOT_DEFLATE),
  wrong('E.2.5', 'A reference to before the beginning', [packed(AGAIN)], NOT_DEFLATE),
  wrong(
    'E.2.6',
    'Text that is not compressed, under RSV1',
    [text('Hello, world!', RSV1)],
    NOT_DEFLATE,
  ),
  wrong('E.2.7', 'Compressed text that is not UTF-8', [packed('000200fdffc32800')], BAD_UTF8),
  wrong(
    'E.2.8',
    'A closing frame in one piece with data that cannot be inflated',
    [packed('ffffffff'), close(1000)],
    badClose(NOT_DEFLATE.codes),
  ),
  wrong(
    'E.2.9',
    'A ping and text in one piece with data that cannot be inflated',
    [packed('ffffffff'), ping(), text(HELLO)],
    NOT_DEFLATE,
  ),
];

function right(
  id: string,
  title: string,
  frames: FrameSpec[],
  events: PeerEvent[] = [textEvent(HELLO)],
): Case {
  return single(id, title, BACK, frames, NORMAL, events);
}

function wrong(
  id: string,
  title: string,
  frames: FrameSpec[],
  closing: ClosingRule = PROTOCOL_ERROR,
): Case {
  return single(id, title, FAILS, frames, closing, []);
}

function single(
  id: string,
  title: string,
  expects: string,
  frames: FrameSpec[],
  closing: ClosingRule,
  events: PeerEvent[],
): Case {
  return {
    id,
    title,
    expects,
    closing,
    opening: { deflate: [{ noContextTakeover: false, windowBits: undefined }] },
    script: () => ({ steps: [send(frames)], outcomes: exactly(...events) }),
  };
}

/** Text under RSV1. */
function packed(digits: string): FrameSpec {
  return text(hex(digits.replaceAll(' ', '')), RSV1);
}

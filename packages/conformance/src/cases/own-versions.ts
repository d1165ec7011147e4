/** Group V: the versions 7 and 8, whose frames are those of RFC 6455. For servers. */
import {
  binary,
  binaryEvent,
  close,
  exactly,
  filled,
  hex,
  more,
  ping,
  pongEvent,
  send,
  text,
  textEvent,
  unfinished,
} from '../model/builders';
import type { Payload } from '../model/builders';
import type { Case, FrameSpec, Opening, PeerEvent } from '../model/case';
import { BAD_CLOSE, CLEAN_CLOSE, NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';
import type { ClosingRule } from '../model/case';

const HELLO = 'Hello, world!';

export const VERSIONS: readonly Case[] = ([7, 8] as const).flatMap((version) => {
  const make = maker(`V.${version}`, { version });
  return [
    echo(make, '1', 'A text message', text, textEvent, HELLO),
    echo(make, '2', 'A binary message', binary, binaryEvent, hex('00fffefd')),
    echo(make, '3', 'A text message of 64 KiB', text, textEvent, filled(65_536, '*')),
    make('4', 'A ping', 'The pong comes back.', [ping('p')], NORMAL, [pongEvent('p')]),
    make(
      '5',
      'Fragments with a ping between them',
      'The pong comes back, then the whole text.',
      [unfinished(text('Hello, ')), ping('p'), more('world!')],
      NORMAL,
      [pongEvent('p'), textEvent(HELLO)],
    ),
    make('6', 'Reserved bits', 'The connection fails.', [text(HELLO, 2)], PROTOCOL_ERROR),
    make('7', 'A closing frame', 'It is answered.', [close(1000)], CLEAN_CLOSE),
    make('8', 'A closing frame without code', 'It is answered.', [close()], CLEAN_CLOSE),
    make(
      '9',
      'A close code that may not be sent',
      'The connection fails.',
      [close(1005)],
      BAD_CLOSE,
    ),
    {
      ...echo(make, '10', 'A key of another length', text, textEvent, HELLO),
      opening: { version, request: { headers: { 'Sec-WebSocket-Key': 'bm90IHNpeHRlZW4=' } } },
    },
  ];
});

type Maker = (
  number: string,
  title: string,
  expects: string,
  frames: FrameSpec[],
  closing: ClosingRule,
  events?: PeerEvent[],
) => Case;

function maker(group: string, opening: Opening): Maker {
  return (number, title, expects, frames, closing, events = []) => ({
    id: `${group}.${number}`,
    title: `Version ${group.slice(2)}: ${title}`,
    expects,
    roles: ['server'],
    opening,
    closing,
    script: () => ({ steps: [send(frames)], outcomes: exactly(...events) }),
  });
}

function echo(
  make: Maker,
  number: string,
  title: string,
  frame: (payload: Payload) => FrameSpec,
  event: (payload: Payload) => PeerEvent,
  payload: Payload,
): Case {
  return make(number, title, 'The message comes back.', [frame(payload)], NORMAL, [event(payload)]);
}

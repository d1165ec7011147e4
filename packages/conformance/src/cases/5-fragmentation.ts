/** Group 5: messages in fragments, and control frames between them (RFC 6455 §5.4). */
import {
  exactly,
  more,
  pause,
  ping,
  pong,
  pongEvent,
  send,
  strictly,
  text,
  textEvent,
  unfinished,
} from '../model/builders';
import type { Case, Delivery, FrameSpec, Outcome, Step } from '../model/case';
import { NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';

const FAILS = 'The connection fails, and nothing comes back.';
const NOTHING: Outcome[] = exactly();
const HOW: readonly (readonly [words: string, delivery: Delivery])[] = [
  ['', {}],
  [', frame by frame', { sync: true }],
  [', octet by octet', { chop: 1 }],
];

export const FRAGMENTATION: readonly Case[] = [
  refused('5.1', 'A ping in two fragments', [unfinished(ping('fragment1')), more('fragment2')]),
  refused('5.2', 'A pong in two fragments', [unfinished(pong('fragment1')), more('fragment2')]),
  ...inThreeWays(3, twoFragments),
  ...inThreeWays(6, pingBetween),
  ...inThreeWays(9, (id, words, delivery) =>
    refused(id, `A final continuation of nothing, then text${words}`, orphan(more), delivery),
  ),
  ...inThreeWays(12, (id, words, delivery) =>
    refused(id, `A continuation of nothing, then text${words}`, orphan(openMore), delivery),
  ),
  {
    id: '5.15',
    title: 'A good message, then a continuation of nothing, then text',
    expects: 'The message comes back; then the connection fails.',
    closing: PROTOCOL_ERROR,
    script: () => ({
      steps: [
        send([start('fragment1'), more('fragment2'), openMore('fragment3'), text('fragment4')]),
      ],
      outcomes: strictly(textEvent('fragment1fragment2')),
    }),
  },
  refused('5.16', 'Twice: a continuation of nothing, then a message in two', twice(openMore)),
  refused('5.17', 'Twice: a final continuation of nothing, then a message in two', twice(more)),
  refused('5.18', 'Text inside a text message', [start('fragment1'), text('fragment2')]),
  pausing('5.19', 'Five fragments and two pings, with a pause', {}),
  pausing('5.20', 'Five fragments and two pings, with a pause, frame by frame', { sync: true }),
];

function inThreeWays(
  first: number,
  make: (id: string, words: string, delivery: Delivery) => Case,
): Case[] {
  return HOW.map(([words, delivery], i) => make(`5.${first + i}`, words, delivery));
}

function twoFragments(id: string, words: string, delivery: Delivery): Case {
  return {
    id,
    title: `Text in two fragments${words}`,
    expects: 'The whole text comes back.',
    closing: NORMAL,
    script: () => ({
      steps: [send([start('fragment1'), more('fragment2')], delivery)],
      outcomes: exactly(textEvent('fragment1fragment2')),
    }),
  };
}

function pingBetween(id: string, words: string, delivery: Delivery): Case {
  return {
    id,
    title: `Text in two fragments with a ping between them${words}`,
    expects: 'The pong comes back first, then the whole text.',
    closing: NORMAL,
    script: () => ({
      steps: [send([start('fragment1'), ping('ping payload'), more('fragment2')], delivery)],
      outcomes: exactly(pongEvent('ping payload'), textEvent('fragment1fragment2')),
    }),
  };
}

function refused(id: string, title: string, frames: FrameSpec[], delivery: Delivery = {}): Case {
  return {
    id,
    title,
    expects: FAILS,
    closing: PROTOCOL_ERROR,
    script: () => ({ steps: [send(frames, delivery)], outcomes: NOTHING }),
  };
}

function pausing(id: string, title: string, delivery: Delivery): Case {
  const steps: Step[] = [
    send([start('fragment1'), openMore('fragment2'), ping('pongme 1!')], delivery),
    pause(1000, 50),
    send(
      [openMore('fragment3'), openMore('fragment4'), ping('pongme 2!'), more('fragment5')],
      delivery,
    ),
  ];
  const whole = 'fragment1fragment2fragment3fragment4fragment5';
  return {
    id,
    title,
    expects: 'Each ping is answered before the next frames; the whole text comes back last.',
    closing: NORMAL,
    limit: 10_000,
    script: () => ({
      steps,
      outcomes: exactly(pongEvent('pongme 1!'), pongEvent('pongme 2!'), textEvent(whole)),
    }),
  };
}

function start(payload: string): FrameSpec {
  return unfinished(text(payload));
}

function openMore(payload: string): FrameSpec {
  return unfinished(more(payload));
}

function orphan(continuation: (payload: string) => FrameSpec): FrameSpec[] {
  return [continuation('non-continuation payload'), text('Hello, world!')];
}

function twice(continuation: (payload: string) => FrameSpec): FrameSpec[] {
  const once = [continuation('fragment1'), start('fragment2'), more('fragment3')];
  return [...once, ...once];
}

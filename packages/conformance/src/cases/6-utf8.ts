/** Group 6: text must be UTF-8, and is refused at the first octet that cannot be (RFC 6455 §8.1). */
import {
  exactly,
  hex,
  more,
  octetwise,
  part,
  pause,
  send,
  text,
  textEvent,
  unfinished,
} from '../model/builders';
import type { Payload } from '../model/builders';
import type { Case, FrameSpec, Step } from '../model/case';
import { BAD_UTF8, NORMAL } from '../model/closing-rules';
import { UTF8_GROUPS } from './utf8-samples';

const GREETING = 'Hello-µ@ßöäüàá-UTF-8!!';
const GREEK = 'κόσμε';
const SURROGATE = hex('cebae1bdb9cf83cebcceb5eda080656469746564');
/** The 13th octet makes it more than U+10FFFF. */
const TOO_HIGH = hex('cebae1bdb9cf83cebcceb5f4908080656469746564');
const SHOWN = 12;
const MIDDLE = 'middle frame payload';

export const UTF8: readonly Case[] = [
  valid('6.1.1', 'Text without any octets', [text()], ''),
  valid('6.1.2', 'Text in three fragments without any octets', threeFragments(''), ''),
  valid(
    '6.1.3',
    'Text in three fragments, only the middle one not empty',
    threeFragments(MIDDLE),
    MIDDLE,
  ),
  valid('6.2.1', 'Text in one frame', [text(GREETING)], GREETING),
  valid('6.2.2', 'Text cut between two characters', halves(), GREETING),
  valid('6.2.3', 'Text in frames of one octet', octetwise(GREETING), GREETING),
  valid('6.2.4', 'Greek text in frames of one octet', octetwise(GREEK), GREEK),
  invalid('6.3.1', 'A surrogate in one frame', [text(SURROGATE)]),
  invalid('6.3.2', 'A surrogate in frames of one octet', octetwise(SURROGATE)),
  failFast('6.4.1', 'three frames, the second of which is wrong', inFrames(11, 15)),
  failFast('6.4.2', 'three frames, the second of which is the wrong octet', inFrames(12, 13)),
  failFast('6.4.3', 'one frame in three parts, the second of which is wrong', inParts(11, 15)),
  failFast(
    '6.4.4',
    'one frame in three parts, the second of which is the wrong octet',
    inParts(12, 13),
  ),
  ...UTF8_GROUPS.flatMap(({ group, title, samples }) =>
    samples.map((sample, i) => oneFrame(`${group}.${i + 1}`, title, sample)),
  ),
];

function oneFrame(id: string, title: string, sample: string): Case {
  const octets = hex(sample.slice(1));
  const frames = [text(octets)];
  const named = `${title}: ${inHex(octets)}`;
  return sample.startsWith('+') ? valid(id, named, frames, octets) : invalid(id, named, frames);
}

function valid(id: string, title: string, frames: FrameSpec[], whole: Payload): Case {
  return {
    id,
    title,
    expects: 'It is UTF-8: the whole text comes back.',
    closing: NORMAL,
    script: () => ({ steps: [send(frames)], outcomes: exactly(textEvent(whole)) }),
  };
}

function invalid(id: string, title: string, frames: FrameSpec[]): Case {
  return {
    id,
    title,
    expects: 'It is not UTF-8: the connection fails, with 1007 if it says why.',
    closing: BAD_UTF8,
    script: () => ({ steps: [send(frames)], outcomes: exactly() }),
  };
}

function failFast(id: string, how: string, [first, second, third]: [Step, Step, Step]): Case {
  return {
    id,
    title: `Not UTF-8, in ${how}`,
    expects: 'The connection fails when the second part has come, and does not wait for the third.',
    closing: BAD_UTF8,
    failFast: 'behind the second part',
    script: () => ({
      steps: [
        first,
        pause(1000, 50, 'behind the first part'),
        second,
        pause(1000, 1000, 'behind the second part'),
        third,
      ],
      outcomes: exactly(),
    }),
  };
}

function inFrames(first: number, second: number): [Step, Step, Step] {
  return [
    send(unfinished(text(TOO_HIGH.subarray(0, first)))),
    send(unfinished(more(TOO_HIGH.subarray(first, second)))),
    send(more(TOO_HIGH.subarray(second))),
  ];
}

function inParts(first: number, second: number): [Step, Step, Step] {
  const whole = text(TOO_HIGH);
  return [part(whole, 0, first), part(whole, first, second), part(whole, second, TOO_HIGH.length)];
}

function halves(): FrameSpec[] {
  const at = GREETING.indexOf('ü');
  return [unfinished(text(GREETING.slice(0, at))), more(GREETING.slice(at))];
}

function threeFragments(middle: string): FrameSpec[] {
  return [unfinished(text()), unfinished(more(middle)), more()];
}

/** The first octets, for people. */
function inHex(octets: Buffer): string {
  const shown = octets.toString('hex', 0, SHOWN).replace(/..(?=.)/g, '$& ');
  return octets.length > SHOWN ? `${shown} …` : shown;
}

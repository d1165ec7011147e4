/** Plays the steps of a case on a conversation, then sees the connection to its end. */
import { CLOSE, close, CONTINUATION, frame, reserved, unfinished, RSV1 } from '../model/builders';
import type {
  Case,
  ExchangeStep,
  FrameSpec,
  Message,
  PartStep,
  PauseStep,
  Role,
  Script,
  Step,
} from '../model/case';
import { encodeFrame } from '../wire/codec';
import { opcodeOf } from './conversation';
import type { Conversation } from './conversation';

export interface Pace {
  /** Whether the counts and pauses are the real ones. */
  readonly full: boolean;
  /** Milliseconds that an endpoint may show no sign of life for, if a case says nothing else. */
  readonly patience: number;
}

export interface Stage {
  readonly role: Role;
  readonly pace: Pace;
}

/** What a step is played with. */
interface Turn extends Stage {
  /** Milliseconds that the endpoint may show no sign of life for. */
  readonly wait: number;
  /** The pause in which it must end the connection. */
  readonly failFast: string | undefined;
}

/** What the events alone do not tell. */
export interface Course {
  /** The pause in which the endpoint ended the connection. */
  endedDuring: string | undefined;
  /** What was wrong with an exchange. */
  mismatch: string | undefined;
  /** Whether the suite ended the connection because the endpoint, which had to, did not. */
  dropped: boolean;
  /** Whether the endpoint ended TCP before the suite dropped it. */
  ended: boolean;
}

/** A frame sent in parts keeps its masking key, which therefore is always this one. */
const PART_KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

export async function play(
  conversation: Conversation,
  given: Case,
  script: Script,
  stage: Stage,
): Promise<Course> {
  const course: Course = {
    endedDuring: undefined,
    mismatch: undefined,
    dropped: false,
    ended: false,
  };
  const wait = Math.max(stage.pace.patience, given.limit ?? 0);
  for (const step of script.steps) {
    // A pause has its say even so: the end may have come with the step before it.
    if (conversation.over && !conversation.sentClose && step.do !== 'pause') break;
    await playStep(conversation, step, { ...stage, wait, failFast: given.failFast }, course);
    if (course.mismatch !== undefined) break;
  }
  const { events } = script.outcomes[0] ?? { events: [] };
  if (given.closing.by === 'suite') {
    await conversation.until(
      () => conversation.events.length >= events.length || conversation.over,
      wait,
    );
    if (!conversation.over && !conversation.sentClose) await conversation.send([close(1000)]);
  }
  await finish(conversation, stage, course);
  return course;
}

async function playStep(
  conversation: Conversation,
  step: Step,
  stage: Turn,
  course: Course,
): Promise<void> {
  switch (step.do) {
    case 'send':
      return conversation.send(step.frames, step);
    case 'part':
      return conversation.sendOctets(partOf(step, stage.role));
    case 'octets':
      return conversation.sendOctets(step.octets);
    case 'pause':
      if (await pauseFor(conversation, step, stage)) course.endedDuring ??= step.name;
      return;
    case 'exchange':
      course.mismatch = await exchangeAll(conversation, step, stage);
      return;
    default:
      return step satisfies never;
  }
}

/** Whether the end came. A pause in which it has to come is as long as the endpoint needs. */
function pauseFor(
  conversation: Conversation,
  { name, ms, quick }: PauseStep,
  { pace, wait, failFast }: Turn,
): Promise<boolean> {
  const length = pace.full ? ms : quick;
  const isOver = (): boolean => conversation.over;
  if (name === failFast) return conversation.until(isOver, Math.max(length, wait));
  return conversation.channel.within(isOver, length);
}

function partOf({ frame: given, from, to }: PartStep, role: Role): Buffer {
  const encoded = encodeFrame(given, role === 'server' ? PART_KEY : undefined);
  const headerSize = encoded.length - given.payload.length;
  return encoded.subarray(from === 0 ? 0 : headerSize + from, headerSize + to);
}

/** Returns what went wrong, in words; undefined if nothing did. */
async function exchangeAll(
  conversation: Conversation,
  step: ExchangeStep,
  { pace, wait }: Turn,
): Promise<string | undefined> {
  const rounds = pace.full ? step.rounds : step.quickRounds;
  const next = step.source();
  for (let round = 1; round <= rounds; round++) {
    const message = next();
    await conversation.send(framesOf(conversation, message, step.fragment));
    const answered = (): boolean => conversation.events.length > 0 || conversation.over;
    await conversation.until(answered, wait);
    const echo = conversation.events.shift();
    if (echo === undefined) return `round ${round}: no echo`;
    if (echo.kind !== message.kind)
      return `round ${round}: ${message.kind} came back as ${echo.kind}`;
    if (!echo.data.equals(message.data)) return `round ${round}: the echo differs`;
  }
  return undefined;
}

function framesOf(
  { deflate }: Conversation,
  message: Message,
  size: number | undefined,
): FrameSpec[] {
  const rsv = deflate === undefined ? 0 : RSV1;
  const payload = deflate?.compress(message.data) ?? message.data;
  const whole = frame(opcodeOf(message.kind), payload, rsv);
  if (size === undefined) return [whole];
  const count = Math.max(1, Math.ceil(payload.length / size));
  return Array.from({ length: count }, (_, i) => {
    const piece = payload.subarray(i * size, (i + 1) * size);
    const fragment =
      i === 0 ? reserved({ ...whole, payload: piece }, rsv) : frame(CONTINUATION, piece);
    return i === count - 1 ? fragment : unfinished(fragment);
  });
}

/** Waits for the endpoint's closing frame, answers it, and waits for the end of TCP. */
async function finish(
  conversation: Conversation,
  { role, pace }: Stage,
  course: Course,
): Promise<void> {
  await conversation.until(() => conversation.over, pace.patience);
  if (!conversation.over) {
    conversation.log.note('The suite drops the connection');
    conversation.closedFirst ??= 'suite';
    conversation.channel.destroy();
    return;
  }
  const { receivedClose } = conversation;
  if (receivedClose !== undefined && !conversation.sentClose && !conversation.ended) {
    await conversation.send([
      receivedClose.code === undefined ? frame(CLOSE) : close(receivedClose.code),
    ]);
  }
  // "the server MUST close the connection immediately" when both closing frames are there (§7.1.1).
  if (role === 'client') conversation.channel.end();
  course.ended = await conversation.until(() => conversation.ended, pace.patience);
  course.dropped = !course.ended && role === 'server';
  if (course.dropped)
    conversation.log.note('The suite drops the connection: the server should have');
  else if (course.ended) conversation.log.note('The endpoint ended the TCP connection');
  conversation.channel.destroy();
}

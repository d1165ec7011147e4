/** Runs one case on one connection, from the opening to the verdict. */
import type { Case } from '../model/case';
import type { Channel } from './channel';
import type { Conversation } from './conversation';
import { describeClose, describeEvents, judge } from './judge';
import type { Verdict } from './judge';
import { WireLog } from './log';
import { failed } from './opened';
import type { Opened } from './opened';
import { identify } from './result';
import type { CaseResult } from './result';
import { play } from './script';
import type { Stage } from './script';

/** Opens the case's connection; it fills the log. */
export type Opener = (log: WireLog) => Promise<{ channel: Channel; opened: Opened }>;

export async function runCase(given: Case, stage: Stage, open: Opener): Promise<CaseResult> {
  const began = performance.now();
  const log = new WireLog();
  const { verdict, came } = await run(given, stage, open, log);
  const milliseconds = Math.round(performance.now() - began);
  return { ...identify(given, stage.role), ...verdict, came, milliseconds, log: log.entries() };
}

interface Finding {
  readonly verdict: Verdict;
  readonly came: string;
}

async function run(given: Case, stage: Stage, open: Opener, log: WireLog): Promise<Finding> {
  let channel: Channel | undefined;
  try {
    const opening = await open(log);
    channel = opening.channel;
    const { opened } = opening;
    if ('verdict' in opened) return { verdict: opened.verdict, came: 'no connection was opened' };
    return await converse(given, stage, opened.conversation);
  } catch (error) {
    return { ...failed((error as Error).message), came: 'nothing' };
  } finally {
    channel?.destroy();
  }
}

async function converse(given: Case, stage: Stage, conversation: Conversation): Promise<Finding> {
  const script = given.script();
  const course = await play(conversation, given, script, stage);
  const { events, fault, receivedClose, closedFirst } = conversation;
  const facts = { ...course, events, fault, receivedClose, closedFirst };
  const how =
    receivedClose === undefined ? 'no closing frame' : `closed${describeClose(receivedClose)}`;
  return {
    verdict: judge(given, script, facts, stage.role),
    came: `${describeEvents(events)}; ${how}`,
  };
}

/** What is asked of a server under test, and its answers that lead to no connection. */
import type { Opening, Refusal, WireVersion } from '../model/case';
import type { Target } from '../wire/handshake';
import { joined } from '../wire/head';
import type { Head } from '../wire/head';
import type { Channel } from './channel';
import type { WireLog } from './log';
import { failed } from './opened';
import type { Opened } from './opened';

export interface ClientOpening {
  readonly channel: Channel;
  readonly log: WireLog;
  readonly target: Target;
  readonly opening: Opening;
  readonly patience: number;
}

/** Whether the server does not speak one of the older versions, and says so. */
export function refusesVersion({ startLine }: Head, version: WireVersion): boolean {
  return version !== 13 && /^HTTP\/1\.1 4/.test(startLine);
}

/** The server neither accepted nor refused. */
export function noAnswer({ channel, patience }: ClientOpening): Opened {
  return failed(
    channel.ended ? 'the connection ended without an answer' : `no answer within ${patience} ms`,
  );
}

/** Judges an answer that has to be a refusal, behind which the server ends the connection. */
export async function judgeRefusal(
  { channel, patience }: ClientOpening,
  head: Head,
  refusal: Refusal,
): Promise<Opened> {
  if (refusal.lenient === true && statusOf(head) === 101) {
    return { verdict: { behavior: 'NON-STRICT', closing: 'OK', reason: 'the server accepted' } };
  }
  const fault = refusalFault(head, refusal);
  if (fault !== undefined) return failed(fault);
  const ended = await channel.until(() => channel.ended, patience);
  const [closing, reason] = ended
    ? (['OK', ''] as const)
    : (['FAILED BY CLIENT', 'the server refused, but did not end the TCP connection'] as const);
  return { verdict: { behavior: 'OK', closing, reason } };
}

function refusalFault(head: Head, { statuses, header }: Refusal): string | undefined {
  if (!statuses.includes(statusOf(head))) return `the answer is ${head.startLine}`;
  if (header === undefined) return undefined;
  const value = joined(head, header.name.toLowerCase()) ?? '';
  return header.value.test(value) ? undefined : `${header.name} says ${value || 'nothing'}`;
}

function statusOf({ startLine }: Head): number {
  return Number(startLine.split(' ')[1]);
}

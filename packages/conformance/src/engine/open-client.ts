/** Opens a connection to a server under test, or sees it refuse one. */
import { encodeFrame, HybiWire } from '../wire/codec';
import { MessageDeflate } from '../wire/deflate';
import { offer, readAnswer } from '../wire/deflate-parameters';
import type { DeflateAgreement } from '../wire/deflate-parameters';
import { newKey, requestHeaders, responseFault } from '../wire/handshake';
import type { Target } from '../wire/handshake';
import { joined, writeHead } from '../wire/head';
import type { Head } from '../wire/head';
import type { Opening, Refusal, WireVersion } from '../model/case';
import type { Channel } from './channel';
import { Conversation } from './conversation';
import type { WireLog } from './log';
import { failed, HeadReader, NO_DEFLATE, unimplemented } from './opened';
import type { Opened } from './opened';
import { openHixie } from './open-hixie';

export interface ClientOpening {
  readonly channel: Channel;
  readonly log: WireLog;
  readonly target: Target;
  readonly opening: Opening;
  readonly patience: number;
}

export async function openAsClient(given: ClientOpening): Promise<Opened> {
  const { version = 13 } = given.opening;
  if (typeof version !== 'number') return openHixie(given, version);
  const { channel, log, target, opening, patience } = given;
  const key = keyOf(opening);
  const offered = opening.deflate && offer(opening.deflate);
  const headers = requestHeaders(target, version, key, offered);
  const request = writeHead(`GET ${target.path} HTTP/1.1`, headers, opening.request);
  const reader = new HeadReader(channel);
  log.head('suite', 'Request', request);
  await channel.writeChopped(Buffer.concat([request, ...earlyFrames(opening, log)]), opening.chop);
  const answer = await reader.read(patience);
  if (answer === undefined) return noAnswer(given);
  const { head, rest } = answer;
  log.head('endpoint', 'Response', head.raw);
  if (opening.refused !== undefined) return judgeRefusal(given, head, opening.refused);
  if (refusesVersion(head, version)) return unimplemented(`version ${version} is refused`);
  const fault = responseFault(head, key, offeredIn(opening)) ?? unexpected(head, opening);
  return fault === undefined ? begin(given, head, rest) : failed(fault);
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
  { statuses, header, lenient = false }: Refusal,
): Promise<Opened> {
  const status = Number(head.startLine.split(' ')[1]);
  if (lenient && status === 101) {
    return { verdict: { behavior: 'NON-STRICT', closing: 'OK', reason: 'the server accepted' } };
  }
  if (!statuses.includes(status)) return failed(`the answer is ${head.startLine}`);
  const value = header && (joined(head, header.name.toLowerCase()) ?? '');
  if (value !== undefined && !header!.value.test(value)) {
    return failed(`${header!.name} says ${value || 'nothing'}`);
  }
  const ended = await channel.until(() => channel.ended, patience);
  return ended
    ? { verdict: { behavior: 'OK', closing: 'OK', reason: '' } }
    : {
        verdict: {
          behavior: 'OK',
          closing: 'FAILED BY CLIENT',
          reason: 'the server refused, but did not end the TCP connection',
        },
      };
}

function begin({ channel, log, opening }: ClientOpening, head: Head, rest: Buffer): Opened {
  let agreement: DeflateAgreement | undefined;
  try {
    agreement = readAnswer(joined(head, 'sec-websocket-extensions'), opening.deflate ?? []);
  } catch (error) {
    return failed((error as Error).message);
  }
  if (opening.deflate !== undefined && agreement === undefined) return NO_DEFLATE;
  const wire = new HybiWire({ masks: true, allowedRsv: agreement === undefined ? 0 : 4 });
  const deflate = agreement && new MessageDeflate(agreement);
  const conversation = new Conversation(channel, wire, log, deflate);
  conversation.begin(rest);
  return { conversation };
}

function earlyFrames({ early = [] }: Opening, log: WireLog): Buffer[] {
  return early.map((frame) => {
    log.frame('suite', frame);
    return encodeFrame(frame, Buffer.from([0x37, 0xfa, 0x21, 0x3d]));
  });
}

/** The key that the case puts into the request, if it does; else a new one. */
function keyOf({ request }: Opening): string {
  const given = request?.headers?.['Sec-WebSocket-Key'];
  return typeof given === 'string' ? given : newKey();
}

/** What the request, as the case has changed it, offers. */
function offeredIn({ request, deflate }: Opening): { protocols: string[]; extensions: boolean } {
  const headers = request?.headers ?? {};
  const protocols = [headers['Sec-WebSocket-Protocol'] ?? []].flat();
  return {
    protocols: protocols.flatMap((value) => value.split(',').map((token) => token.trim())),
    extensions: deflate !== undefined || headers['Sec-WebSocket-Extensions'] !== undefined,
  };
}

/** What of the response is not as the case expects. */
function unexpected(head: Head, { response = {} }: Opening): string | undefined {
  for (const [name, pattern] of Object.entries(response)) {
    const value = joined(head, name.toLowerCase());
    const wanted =
      pattern === null ? value === undefined : value !== undefined && pattern.test(value);
    if (!wanted) return `${name} says ${value ?? 'nothing'}`;
  }
  return undefined;
}

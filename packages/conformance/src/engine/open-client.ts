/** Opens a connection to a server under test, or sees it refuse one. */
import { randomBytes } from 'node:crypto';
import { RSV1 } from '../model/builders';
import { encodeFrame, HybiWire } from '../wire/codec';
import { MessageDeflate } from '../wire/deflate';
import { offer, readAnswer } from '../wire/deflate-parameters';
import type { DeflateAgreement } from '../wire/deflate-parameters';
import { newKey, requestHeaders, responseFault } from '../wire/handshake';
import { joined, writeHead } from '../wire/head';
import type { Head } from '../wire/head';
import type { Opening } from '../model/case';
import { Conversation } from './conversation';
import type { WireLog } from './log';
import { failed, HeadReader, NO_DEFLATE, unimplemented } from './opened';
import type { Opened } from './opened';
import { openHixie } from './open-hixie';
import { judgeRefusal, noAnswer, refusesVersion } from './refusal';
import type { ClientOpening } from './refusal';

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

function begin({ channel, log, opening }: ClientOpening, head: Head, rest: Buffer): Opened {
  let agreement: DeflateAgreement | undefined;
  try {
    agreement = readAnswer(joined(head, 'sec-websocket-extensions'), opening.deflate ?? []);
  } catch (error) {
    return failed((error as Error).message);
  }
  if (opening.deflate !== undefined && agreement === undefined) return NO_DEFLATE;
  const wire = new HybiWire({ masks: true, allowedRsv: agreement === undefined ? 0 : RSV1 });
  const deflate = agreement && new MessageDeflate(agreement);
  const conversation = new Conversation(channel, wire, log, deflate);
  conversation.begin(rest);
  return { conversation };
}

function earlyFrames({ early = [] }: Opening, log: WireLog): Buffer[] {
  return early.map((frame) => {
    log.frame('suite', frame);
    return encodeFrame(frame, randomBytes(4));
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

/** Opens a connection of the drafts 75 and 76 to a server under test. */
import {
  challenge,
  hixieRequestHeaders,
  hixieResponseFault,
  newHixieKeys,
} from '../wire/hixie-handshake';
import type { HixieKeys } from '../wire/hixie-handshake';
import { HixieWire } from '../wire/hixie';
import { writeHead } from '../wire/head';
import { Conversation } from './conversation';
import { failed, HeadReader, unimplemented } from './opened';
import type { Opened } from './opened';
import { judgeRefusal, noAnswer, refusesVersion } from './refusal';
import type { ClientOpening } from './refusal';

/** Milliseconds that a server which answers before it has key3 gets for that. */
const KEY3_DELAY = 50;
const CHALLENGE_SIZE = 16;
const KEY3_SIZE = 8;

export async function openHixie(
  given: ClientOpening,
  version: 'hixie-75' | 'hixie-76',
): Promise<Opened> {
  const { channel, log, target, opening, patience } = given;
  const keys = version === 'hixie-76' ? newHixieKeys() : undefined;
  const reader = new HeadReader(channel);
  const headers = hixieRequestHeaders(target, keys);
  await sendRequest(
    given,
    reader,
    writeHead(`GET ${target.path} HTTP/1.1`, headers, opening.request),
    keys,
  );
  const answer = await reader.read(patience);
  if (answer === undefined) return noAnswer(given);
  const { head, rest } = answer;
  log.head('endpoint', 'Response', head.raw);
  if (opening.refused !== undefined) return judgeRefusal(given, head, opening.refused);
  if (refusesVersion(head, version)) return unimplemented(`${version} is refused`);
  const fault = hixieResponseFault(head, target, version);
  if (fault !== undefined) return failed(fault);
  const offset = reader.length - rest.length;
  const frames = keys === undefined ? rest : await behindChallenge(reader, offset, keys, patience);
  if (frames === undefined) return failed('the challenge was not answered as it must be');
  const conversation = new Conversation(channel, new HixieWire(version), log);
  conversation.begin(frames);
  return { conversation };
}

/** Sends as much of key3 with the head as the case wants, and the rest when the server had time to answer. */
async function sendRequest(
  { channel, log, opening }: ClientOpening,
  reader: HeadReader,
  head: Buffer,
  keys: HixieKeys | undefined,
): Promise<void> {
  log.head('suite', 'Request', head);
  const { key3With = KEY3_SIZE } = opening;
  const key3 = keys?.key3 ?? Buffer.alloc(0);
  await channel.write(Buffer.concat([head, key3.subarray(0, key3With)]));
  if (key3With >= key3.length) return;
  await channel.within(() => reader.length > 0 || channel.ended, KEY3_DELAY);
  log.note(`${key3.length - key3With} octets of key3 come late`);
  await channel.write(key3.subarray(key3With));
}

/** What follows the right answer to the challenge; undefined if that does not come. */
async function behindChallenge(
  reader: HeadReader,
  offset: number,
  keys: HixieKeys,
  patience: number,
): Promise<Buffer | undefined> {
  const octets = await reader.behind(offset, CHALLENGE_SIZE, patience);
  const right = octets?.subarray(0, CHALLENGE_SIZE).equals(challenge(keys)) ?? false;
  return right ? octets!.subarray(CHALLENGE_SIZE) : undefined;
}

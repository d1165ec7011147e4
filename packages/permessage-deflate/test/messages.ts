/** Messages, codecs and sessions for tests. */
import type { ExtensionMessage, ExtensionSession, OutgoingMessage } from '@ws/extensions';
import { constants } from 'node:zlib';
import type { Codec, Compression } from '../src/codec';
import { ContextMemory } from '../src/context-memory';
import { FairQueue } from '../src/fair-queue';
import { deflateSettings } from '../src/options';
import type { DeflateOptions } from '../src/options';
import { PermessageDeflate } from '../src/permessage-deflate';
import type { Shared } from '../src/permessage-deflate';
import { PublicZlib } from '../src/public-zlib';
import { SharedHandles } from '../src/shared-handles';

export const CODECS: { name: string; codec: Codec }[] = [
  { name: 'documented zlib', codec: new PublicZlib() },
  { name: 'shared handles', codec: new SharedHandles() },
];

export const COMPRESSION: Compression = {
  level: constants.Z_DEFAULT_COMPRESSION,
  memLevel: constants.Z_DEFAULT_MEMLEVEL,
  strategy: constants.Z_DEFAULT_STRATEGY,
  windowBits: 15,
};

/** The octets written as hexadecimal digits, with spaces between them. */
export function hex(octets: string): Buffer {
  return Buffer.from(octets.replaceAll(' ', ''), 'hex');
}

/** What a process shares, one of each test's own. */
export function shared(codec: Codec = new PublicZlib()): Shared {
  return { codec, jobs: new FairQueue(2), memory: new ContextMemory() };
}

export function extension(
  options: DeflateOptions = {},
  parts: Shared = shared(),
): PermessageDeflate {
  return new PermessageDeflate(deflateSettings(options, ''), parts);
}

export interface Pair {
  readonly client: ExtensionSession;
  readonly server: ExtensionSession;
}

/** The sessions of a client and a server that have agreed. */
export function pairOf(client: PermessageDeflate, server: PermessageDeflate): Pair {
  const offer = client.offer();
  const accepted = server.accept(offer.alternatives);
  const session = accepted && offer.activate(accepted.parameters);
  if (!session) throw new Error('the pair did not agree');
  return { client: session, server: accepted.session };
}

export function outgoing(data: Uint8Array, compress = true): OutgoingMessage {
  return { opcode: 2, rsv: 0, data, compress };
}

export function incoming(data: Uint8Array): ExtensionMessage {
  return { opcode: 2, rsv: 4, data };
}

/** What arrives of `data`, and how many bytes it was on its way. */
export async function carry(
  data: Uint8Array,
  from: ExtensionSession,
  to: ExtensionSession,
): Promise<{ received: Uint8Array; carried: number }> {
  const carried = await from.processOutgoing(outgoing(data));
  const message = await to.processIncoming(carried, data.byteLength);
  return { received: message.data, carried: carried.data.byteLength };
}

/** Text of any length that compresses as text does. */
export function prose(length: number, seed = 1): Buffer {
  let state = seed;
  const words: string[] = [];
  for (let size = 0; size <= length; size += words.at(-1)!.length) {
    state = (state * 48_271) % 0x7fffffff;
    words.push(WORDS[state % WORDS.length] + (state % 7 === 0 ? String(state % 1000) : ''));
  }
  return Buffer.from(words.join('')).subarray(0, length);
}

const WORDS = [
  'the ',
  'window ',
  'slides ',
  'over ',
  '{"id":',
  '"name",',
  'null',
  ' message ',
  'a ',
];

/** Bytes that no compressor makes smaller. */
export function noise(length: number, seed = 1): Buffer {
  let state = seed;
  return Buffer.from(Array.from({ length }, () => (state = (state * 48_271) % 0x7fffffff) >> 12));
}

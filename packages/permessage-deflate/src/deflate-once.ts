/**
 * A message that several connections send, compressed by itself: what it becomes is the same for all that compress alike,
 * and is made by the first of them.
 */
import type { Awaitable, ExtensionMessage, OutgoingMessage } from '@ws/extensions';
import { deflateInTurns } from './background';
import { MOST_AT_ONCE, RSV1 } from './codec';
import type { Codec, Compression } from './codec';
import type { FairQueue } from './fair-queue';

/** What the message has become, or is becoming, by how it is compressed. */
export type SharedResults = Map<string, Awaitable<ExtensionMessage>>;

export interface Compressor {
  readonly compression: Compression;
  readonly shared: { readonly codec: Codec };
  readonly jobs: FairQueue;
}

/** Compresses a message, unless that was done or is being done: long ones on another thread. */
export function deflateOnce(
  message: OutgoingMessage,
  results: SharedResults,
  compressor: Compressor,
): Awaitable<ExtensionMessage> {
  const key = keyOf(compressor.compression);
  const known = results.get(key);
  if (known !== undefined) return known;
  const made = deflate(message, compressor);
  results.set(key, made);
  if ('then' in made) {
    // Those that wait for it are told what has failed; later ones try again.
    made.then(
      (result) => results.set(key, result),
      () => results.delete(key),
    );
  }
  return made;
}

/** The message, or what it has become where that is less. */
export function smaller(message: OutgoingMessage, deflated: Uint8Array): ExtensionMessage {
  return deflated.byteLength < message.data.byteLength ? compressed(message, deflated) : message;
}

export function compressed(message: OutgoingMessage, data: Uint8Array): ExtensionMessage {
  return { opcode: message.opcode, rsv: message.rsv | RSV1, data };
}

function deflate(
  message: OutgoingMessage,
  { compression, shared, jobs }: Compressor,
): Awaitable<ExtensionMessage> {
  const { data } = message;
  if (data.byteLength <= MOST_AT_ONCE) {
    return smaller(message, shared.codec.deflate(data, compression, null));
  }
  // The work is no connection's own: it goes on when one of those that wait for it is over.
  const nobody = {};
  const result = jobs.run(nobody, () => deflateInTurns(data, compression, null));
  return result.then((deflated) => smaller(message, deflated));
}

function keyOf({ level, memLevel, strategy, windowBits }: Compression): string {
  return `permessage-deflate ${level} ${memLevel} ${strategy} ${windowBits}`;
}

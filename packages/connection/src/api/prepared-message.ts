/**
 * A message for many connections: encoded once, and sent as it is wherever that can be.
 */
import {
  CLIENT,
  encodeFrame,
  MessageDecoder,
  OPCODE,
  SERVER,
  VIOLATIONS,
  type MessageSink,
} from '@ws/frame-parser';
import { describe } from '@ws/common';
import type { EncodedOnce } from '../sending/encoded-once';
import { ownRun, sharedRun, type SharedRun } from '../protocol/shared-run';
import { isText, TextBuffer } from '../receiving/text-buffer';
import { compressOption, type SendOptions } from './send-options';
import { viewOf, type Bytes } from './bytes';
import { showAttributes } from './inspect';
import { unsendable } from './unsendable';

/** What a prepared message keeps; null for all else. For this package alone. */
export let encodedIn: (value: unknown) => EncodedOnce | null;

/**
 * A message that is encoded once, to be sent on any number of connections. It keeps a copy: what it was
 * made from may be changed.
 *
 * A server's connections send its frames as they are, all of them the same memory, in order with everything else. Those
 * that compress send what was compressed once for all that agreed on the same: it refers to no earlier message. Those that
 * cannot, clients (whose frames are masked) and the hixie drafts, send the message as `send()` would.
 */
export class PreparedMessage {
  static {
    encodedIn = (value) => (isObject(value) && #encoded in value ? value.#encoded : null);
  }

  readonly #encoded: EncodedOnce;

  constructor(encoded: EncodedOnce) {
    this.#encoded = encoded;
  }

  /** Length of the payload in bytes. */
  get byteLength(): number {
    return this.#encoded.byteLength;
  }
}

showAttributes(PreparedMessage, ['byteLength']);

/**
 * Encodes a message once, to be sent on many connections.
 *
 * @param data a string or a `TextBuffer` for a text message, other bytes for a binary one; they are copied. What is prepared already is
 * returned as it is, unless it is not to be compressed now
 * @param options `compress`: whether extensions may compress it, default true
 * @throws {TypeError} it is neither, or an option is unknown or no boolean
 */
export function prepareMessage(
  data: string | Bytes | PreparedMessage,
  options: SendOptions | null = null,
): PreparedMessage {
  const message = encodedWith(data, options, ownRun);
  const isPrepared = data instanceof PreparedMessage && encodedIn(data) === message;
  return isPrepared ? data : new PreparedMessage(message);
}

/**
 * What is sent to many now, and kept by nobody: beside the others of this tick, so that all leave in one piece.
 *
 * @hidden
 * @throws as `prepareMessage()`
 */
export function encodeToDeliver(
  data: string | Bytes | PreparedMessage,
  options: SendOptions | null,
): EncodedOnce {
  return encodedWith(data, options, sharedRun);
}

/** @param runOf where the frames are to lie, unless they are there already */
function encodedWith(
  data: string | Bytes | PreparedMessage,
  options: SendOptions | null,
  runOf: RunOf,
): EncodedOnce {
  const compress = compressOption(options);
  if (!(data instanceof PreparedMessage)) return encoded(data, compress, runOf);
  const message = encodedIn(data)!;
  return compress ? message : { ...message, compress: false };
}

/**
 * A message that somebody else has encoded, to be sent on many connections.
 *
 * @param frames one or more whole frames of RFC 6455 (in pieces, if you like), unmasked and without RSV bits, that
 * are one text or binary message; they are copied
 * @throws {TypeError} they are not bytes
 * @throws {RangeError} they are not one message; the error says why
 */
export function prepareFrames(frames: readonly Bytes[]): PreparedMessage {
  const bytes = Buffer.concat(frames.map(bytesOf));
  return new PreparedMessage({
    ...encoded(onlyMessageIn(bytes), true, ownRun),
    frames: ownRun(bytes),
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Puts frames to where they are to lie. */
type RunOf = (frames: Uint8Array) => SharedRun;

/** @param runOf where the frames are to lie */
function encoded(given: string | Bytes, compress: boolean, runOf: RunOf): EncodedOnce {
  const opcode = isText(given) ? OPCODE.TEXT : OPCODE.BINARY;
  const bytes = typeof given === 'string' ? given : viewOf(given);
  if (bytes === null) throw unsendable('prepare', given);
  const byteLength = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength;
  const frames = runOf(encodeFrame(SERVER, { opcode, payload: bytes }));
  const payload = frames.slab.bytes.subarray(frames.end - byteLength, frames.end);
  const data = typeof given === 'string' ? given : sameKind(given, payload);
  return { data, opcode, payload, frames, byteLength, compress, shared: new Map() };
}

/** Where the connection takes no frames, text is sent as text, too. */
function sameKind(given: Bytes, copy: Uint8Array): Uint8Array {
  return given instanceof TextBuffer ? TextBuffer.over(copy) : copy;
}

function bytesOf(data: Bytes): Uint8Array {
  const bytes = viewOf(data);
  if (bytes !== null) return bytes;
  throw new TypeError(`cannot prepare ${describe(data)}: it is not bytes`);
}

/** Sent behind the frames of others: it is received only if these are complete. */
const MARK: Uint8Array = Buffer.from('behind the frames');
const NO_END = 'there is no end';

/** What a peer would make of the frames. */
function onlyMessageIn(frames: Uint8Array): string | Uint8Array {
  const messages: (string | Uint8Array)[] = [];
  let atEnd = false;
  const refuse = (why: string): never => {
    throw new RangeError(`the frames are not one message: ${why}`);
  };
  const refuseControl = (): never => refuse('there is a control frame');
  const sink: MessageSink = {
    onText: (text) => void messages.push(text),
    onBinary: (data) => void messages.push(data),
    onReserved: () => refuse('a reserved bit is set'),
    onPing: refuseControl,
    onPong: refuseControl,
    onClose: refuseControl,
    onViolation: (violation) => refuse(atEnd ? NO_END : VIOLATIONS[violation].text),
  };
  const maxLength = frames.byteLength + MARK.byteLength;
  const decoder = new MessageDecoder(CLIENT, sink, { maxLength });
  decoder.push(Buffer.from(frames));
  if (messages.length > 1) refuse('there are more');
  atEnd = true;
  decoder.push(encodeFrame(SERVER, { opcode: OPCODE.BINARY, payload: MARK }));
  const [message, mark] = messages;
  if (message === undefined || typeof mark !== 'object' || Buffer.compare(mark, MARK) !== 0) {
    return refuse(NO_END);
  }
  return message;
}

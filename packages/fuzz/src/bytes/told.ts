/** What a decoder tells of a stream of bytes, as values that compare. */
import assert from 'node:assert/strict';
import {
  HixieDecoder,
  MessageDecoder,
  receiveBuffer,
  VIOLATIONS,
  type MessageSink,
  type Role,
  type ViolationCode,
} from '@ws/frame-parser';

export type Told = readonly [
  kind: 'text' | 'binary' | 'reserved' | 'ping' | 'pong' | 'close' | 'violation',
  ...what: (string | number)[],
];

/** Small enough for random input to reach. */
export const MAX_LENGTH = 2000;
export const MAX_FRAGMENTS = 40;

export class Recorder implements MessageSink {
  readonly told: Told[] = [];
  /** Called when something has been told. */
  whenTold: () => void = () => {};
  readonly #kept: [data: Uint8Array, told: string][] = [];

  onText(text: string): void {
    this.tell('text', text);
  }
  onBinary(data: Uint8Array): void {
    this.tell('binary', this.keep(data));
  }
  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.tell('reserved', opcode, rsv, this.keep(data));
  }
  onPing(data: Uint8Array): void {
    this.tell('ping', hexOf(data));
  }
  onPong(data: Uint8Array): void {
    this.tell('pong', hexOf(data));
  }
  onClose(code: number, reason: string): void {
    this.tell('close', code, reason);
  }
  onViolation(violation: ViolationCode): void {
    assert.ok(Object.hasOwn(VIOLATIONS, violation), `${violation} is not documented`);
    this.tell('violation', violation);
  }

  /** What was the receiver's to keep is what it was. */
  checkKept(): void {
    for (const [data, told] of this.#kept) assert.equal(hexOf(data), told);
  }

  protected keep(data: Uint8Array): string {
    const told = hexOf(data);
    this.#kept.push([data, told]);
    return told;
  }

  private tell(...told: Told): void {
    const [last] = this.told.at(-1) ?? [];
    assert.ok(last !== 'close' && last !== 'violation', `${told[0]} after ${last ?? ''}`);
    this.told.push(told);
    this.whenTold();
  }
}

/** Who decodes: an end of a connection, or a draft. */
export type At = Role | 'hixie-75' | 'hixie-76';

/** How a stream is fed. */
export interface Feeding {
  /** The sizes of the chunks, over and over; none: all at once. */
  readonly cuts: readonly number[];
  /** Whether the decoder is paused after all that it tells, until its next chunk. */
  readonly pauses: boolean;
  /** Whether chunks come in the receive buffer, where SIMD unmasks, or in memory of their own. */
  readonly borrowed: boolean;
}

export const WHOLE: Feeding = { cuts: [], pauses: false, borrowed: false };

/** Everything that the decoder of `at` tells of `wire`. It never has more than it was given. */
export function decode(at: At, wire: Uint8Array, fed: Feeding = WHOLE): Told[] {
  const recorder = new Recorder();
  const decoder = decoderOf(at, recorder);
  if (fed.pauses) recorder.whenTold = () => decoder.pause();
  let received = 0;
  for (const chunk of pieces(wire, fed.cuts)) {
    received += chunk.length;
    push(decoder, chunk, fed.borrowed);
    assert.ok(decoder.bufferedBytes <= received, 'more is buffered than was received');
    while (decoder.paused) decoder.resume();
  }
  recorder.checkKept();
  return recorder.told;
}

/** Gives it a chunk; borrowed memory is something else afterwards. */
export function push(
  decoder: MessageDecoder | HixieDecoder,
  chunk: Uint8Array,
  borrowed: boolean,
): void {
  const buffer = receiveBuffer();
  if (!borrowed || chunk.length > buffer.length) return decoder.push(chunk);
  buffer.set(chunk);
  decoder.push(buffer.subarray(0, chunk.length));
  buffer.fill(0xaa);
}

function decoderOf(at: At, recorder: Recorder): MessageDecoder | HixieDecoder {
  if (typeof at === 'object') {
    const limits = { maxLength: MAX_LENGTH, maxFragments: MAX_FRAGMENTS };
    return new MessageDecoder(at, recorder, limits);
  }
  const closingFrame = at === 'hixie-76';
  return new HixieDecoder(recorder, { maxLength: MAX_LENGTH, closingFrame });
}

/** Copies of the pieces: decoders own what they are given. */
export function* pieces(wire: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  for (let start = 0, i = 0; start < wire.length; i++) {
    const end = start + (cuts[i % cuts.length] ?? wire.length);
    yield Buffer.from(wire.subarray(start, end));
    start = end;
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

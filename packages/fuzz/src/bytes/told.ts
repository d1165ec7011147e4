/** What a decoder tells of a stream of bytes, as values that compare. */
import assert from 'node:assert/strict';
import {
  HixieDecoder,
  MessageDecoder,
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

  onText(text: string): void {
    this.tell('text', text);
  }
  onBinary(data: Uint8Array): void {
    this.tell('binary', hexOf(data));
  }
  onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.tell('reserved', opcode, rsv, hexOf(data));
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
}

export const WHOLE: Feeding = { cuts: [], pauses: false };

/** Everything that the decoder of `at` tells of `wire`. It never has more than it was given. */
export function decode(at: At, wire: Uint8Array, { cuts, pauses }: Feeding = WHOLE): Told[] {
  const recorder = new Recorder();
  const decoder = decoderOf(at, recorder);
  if (pauses) recorder.whenTold = () => decoder.pause();
  let received = 0;
  for (const chunk of pieces(wire, cuts)) {
    received += chunk.length;
    decoder.push(chunk);
    assert.ok(decoder.bufferedBytes <= received, 'more is buffered than was received');
    while (decoder.paused) decoder.resume();
  }
  return recorder.told;
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

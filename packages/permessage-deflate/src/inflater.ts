/**
 * DEFLATE in slices to bytes in pieces, on zlib's own threads: of what a slice comes to, no more than a
 * piece is made ahead of whoever takes them.
 */
import type { InflateRaw } from 'node:zlib';
import { abandoned } from './codec';
import { zlib } from './node-zlib';
import { asInvalidData } from './public-zlib';
import { PACED } from './paced-stream';

/** The most bytes in a piece. */
export const PIECE = 65_536;

/** What a zlib context takes to restore, in bytes: its window and tables, and a piece. */
export const INFLATER_MEMORY: number = 2 ** 15 + 2 ** 13 + PIECE;

interface Waiting {
  readonly resolve: (piece: Uint8Array | null) => void;
  readonly reject: (error: Error) => void;
}

/** Restores up to a final block (RFC 1951 §3.2.3). */
export class Inflater {
  readonly #stream: InflateRaw;
  readonly #pieces: Buffer[] = [];
  #given = 0;
  /** The stream has no more use for the slice: it has gone through it, or has ended. */
  #isUsedUp = true;
  #failure: Error | null = null;
  #waiting: Waiting | null = null;

  /** @param history what the first bytes may refer to */
  constructor(history: Uint8Array | null) {
    const options = history === null ? {} : { dictionary: history };
    const stream = zlib().createInflateRaw({ ...PACED, ...options, chunkSize: PIECE });
    this.#stream = stream;
    stream.pause();
    stream.on('data', (piece: Buffer) => {
      stream.pause();
      this.#pieces.push(piece);
      this.#settle();
    });
    stream.on('end', () => this.#useUp());
    stream.on('error', (error) => this.#fail(asInvalidData(error)));
    stream.on('close', () => this.#fail(abandoned()));
  }

  /** How many bytes it has used of all that it was given. */
  get used(): number {
    return this.#stream.bytesWritten;
  }

  /** It has come to the end of a final block: what it has not used is behind that. */
  get isDone(): boolean {
    return this.#isUsedUp && this.used < this.#given;
  }

  /** Gives it the next slice, once `next` has come to the end of the one before. */
  write(slice: Uint8Array): void {
    this.#isUsedUp = false;
    this.#given += slice.byteLength;
    this.#stream.write(slice, () => this.#useUp());
  }

  /**
   * The next piece of what the slice comes to; null at its end, or at the end of a final block.
   *
   * @throws {ExtensionError} (rejects with it) this is not what a compressor made
   */
  next(): Promise<Uint8Array | null> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (!this.#settle()) this.#stream.resume();
    });
  }

  /** Gives zlib's memory back. What is awaited rejects. */
  close(): void {
    this.#stream.destroy();
  }

  #useUp(): void {
    this.#isUsedUp = true;
    this.#settle();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#settle();
  }

  /** Answers whoever waits, if there is an answer by now. */
  #settle(): boolean {
    const waiting = this.#waiting;
    if (waiting === null) return false;
    const piece = this.#pieces.shift();
    if (piece !== undefined) waiting.resolve(piece);
    else if (this.#failure !== null) waiting.reject(this.#failure);
    else if (this.#isUsedUp && this.#stream.readableLength === 0) waiting.resolve(null);
    else return false;
    this.#waiting = null;
    return true;
  }
}

/**
 * A message, or the rest of one, on its way through a zlib stream, on zlib's own threads, in turns.
 *
 * zlib is given the message in pieces that are copies: so a turn ends in the middle of a long message
 * that comes to little, and nobody who changes the message, or takes its memory away, can do harm.
 */
import type { Transform } from 'node:stream';
import type { Zlib } from 'node:zlib';

/** What there is for a turn to spend: a byte that comes out costs one. */
export const TURN: number = 2 ** 20;

const NOTHING = new Uint8Array(0);

/** How a message is given to zlib. */
export interface Pace {
  /** The length of the first piece, and of one after a piece that came to little. */
  readonly leastPiece: number;
  /** Other pieces are twice as long as the one before, up to this. */
  readonly mostPiece: number;
  /** What a piece costs, beside the `made` bytes that it came to. */
  readonly costOf: (piece: number, made: number) => number;
}

/** What goes through the stream, and how much may come out. */
export interface Passage {
  readonly pace: Pace;
  readonly data: Uint8Array;
  /** Where in `data` to begin. */
  readonly from: number;
  /** What follows `data`. */
  readonly trailer: Uint8Array;
  /** The most that may come out, in bytes. */
  readonly most: number;
  /** What to fail with when more comes out. */
  readonly tooMuch: () => Error;
}

interface Turn {
  readonly end: (isDone: boolean) => void;
  readonly fail: (error: Error) => void;
}

export class PacedStream {
  /** What came out. */
  readonly pieces: Buffer[] = [];
  /** How many bytes that is. */
  length = 0;
  readonly #stream: Transform & Zlib;
  readonly #passage: Passage;
  readonly #dataLength: number;
  #fed: number;
  /** Where pieces are copied to, one after the other. */
  #memory = Buffer.alloc(0);
  #pieceLength: number;
  #isHungry = true;
  #isDone = false;
  #failure: Error | null = null;
  #turn: Turn | null = null;
  #spent = 0;

  /** @param stream of its own, with `PACED` among its options */
  constructor(stream: Transform & Zlib, passage: Passage) {
    this.#stream = stream;
    this.#passage = passage;
    this.#dataLength = passage.data.byteLength;
    this.#fed = passage.from;
    this.#pieceLength = passage.pace.leastPiece;
    stream.pause();
    stream.on('data', (piece: Buffer) => this.#take(piece));
    stream.on('error', (error) => this.#fail(error));
    stream.on('end', () => {
      this.#isDone = true;
      this.#endTurn();
    });
  }

  /** How many bytes of the input were used. */
  get used(): number {
    return this.#stream.bytesWritten;
  }

  /**
   * Goes on for a turn.
   *
   * @returns whether everything has come out
   * @throws zlib's errors; what `tooMuch` gives; an error if the message's memory was taken away
   */
  turn(): Promise<boolean> {
    this.#spent = 0;
    return new Promise((resolve, reject) => {
      this.#turn = { end: resolve, fail: reject };
      if (this.#isDone || this.#failure !== null) this.#endTurn();
      else {
        if (this.#isHungry) this.#feed();
        this.#stream.resume();
      }
    });
  }

  /** Gives zlib's memory back. */
  close(): void {
    this.#stream.destroy();
  }

  #feed(): void {
    const { data, trailer } = this.#passage;
    if (data.byteLength !== this.#dataLength) {
      this.#fail(new Error('the memory of the message was taken away before it was ready'));
      return;
    }
    const piece = data.subarray(this.#fed, this.#fed + this.#pieceLength);
    const length = piece.byteLength;
    this.#fed += length;
    this.#isHungry = false;
    if (this.#fed < this.#dataLength) {
      const before = this.length;
      const copy = this.#copyOf(piece, NOTHING);
      this.#stream.write(copy, () => this.#digested(length, this.length - before));
    } else {
      this.#stream.end(this.#copyOf(piece, trailer));
    }
  }

  #copyOf(piece: Uint8Array, trailer: Uint8Array): Buffer {
    const length = piece.byteLength + trailer.byteLength;
    if (this.#memory.byteLength < length) this.#memory = Buffer.allocUnsafeSlow(length);
    this.#memory.set(piece, 0);
    this.#memory.set(trailer, piece.byteLength);
    return this.#memory.subarray(0, length);
  }

  /** zlib has used a piece, which came to `made` bytes. */
  #digested(piece: number, made: number): void {
    const { leastPiece, mostPiece, costOf } = this.#passage.pace;
    this.#isHungry = true;
    this.#pieceLength = made * 2 < piece ? leastPiece : Math.min(2 * piece, mostPiece);
    this.#spend(costOf(piece, made));
    if (this.#turn !== null && this.#failure === null) this.#feed();
  }

  #take(piece: Buffer): void {
    this.pieces.push(piece);
    this.length += piece.byteLength;
    if (this.length > this.#passage.most) this.#fail(this.#passage.tooMuch());
    else this.#spend(piece.byteLength);
  }

  #spend(cost: number): void {
    this.#spent += cost;
    if (this.#spent < TURN || this.#turn === null) return;
    this.#stream.pause();
    this.#endTurn();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#stream.destroy();
    this.#endTurn();
  }

  #endTurn(): void {
    const turn = this.#turn;
    this.#turn = null;
    if (this.#failure === null) turn?.end(this.#isDone);
    else turn?.fail(this.#failure);
  }
}

/** Options for the stream: what comes out waits for its turn, a piece of it at most. */
export const PACED: { readonly readableHighWaterMark: number } = { readableHighWaterMark: 1 };

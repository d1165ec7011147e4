/**
 * Memory that all connections write their small frames and texts to, from `send()` until they leave at the end
 * of the chunk or tick. Runs of it follow each other; when the last run has left, it begins anew.
 *
 * A slow network pins the slab that a run of its connection is in. So there are two kinds: most runs
 * never outgrow a small one, and are moved to a large one when they do. A long text has one in which it
 * may be three bytes a character, and is at least a twelfth.
 */
export const SLAB_SIZE = 65_536;
export const SMALL_SLAB_SIZE = 4096;
/** Of those for long texts there is one of each size, once there was a text for it. */
const TEXT_SLAB_SIZES = [0x4_0000, 0x10_0000, 0x40_0000] as const;
/** The most that fits into one, behind what is moved there from a small slab. */
export const LARGEST_RUN: number = 0x40_0000 - SMALL_SLAB_SIZE;

export class Slab {
  readonly bytes: Buffer;
  /** Where the free part begins. */
  claimed = 0;
  readonly size: number;
  /** Whether several connections send the same run of it: it is never written to a second time. */
  readonly isShared: boolean;
  private runs = 0;
  private kept: boolean;
  private latestPiece: Buffer | null = null;
  private latestStart = 0;

  constructor(bytes: Buffer, isShared: boolean) {
    this.size = bytes.byteLength;
    this.bytes = bytes;
    this.isShared = this.kept = isShared;
  }

  /** A part of it. Connections that send the same have it from the one before. */
  piece(start: number, end: number): Buffer {
    const { latestPiece } = this;
    if (latestPiece?.byteLength === end - start && this.latestStart === start) return latestPiece;
    const piece = this.bytes.subarray(start, end);
    if (this.isShared) {
      this.latestPiece = piece;
      this.latestStart = start;
    }
    return piece;
  }

  /** Whether so many bytes can be claimed. */
  hasRoom(size: number): boolean {
    return this.claimed + size <= this.size;
  }

  addRun(): void {
    this.runs++;
  }

  /** A run has left; nobody refers to it any more. */
  releaseRun(): void {
    this.runs--;
    if (this.runs === 0 && !this.kept) this.claimed = 0;
  }

  /** A run has left, and somebody may still read it: this memory is not written to a second time. */
  abandonRun(): void {
    this.kept = true;
    this.releaseRun();
  }
}

let small: Slab = newSlab(SMALL_SLAB_SIZE);
let large: Slab = newSlab(SLAB_SIZE);
const forTexts = new Map<number, Slab>();

/** A slab with `size` free bytes. */
export function slabWith(size: number): Slab {
  if (size <= SMALL_SLAB_SIZE) {
    if (!small.hasRoom(size)) small = newSlab(SMALL_SLAB_SIZE);
    return small;
  }
  if (size > SLAB_SIZE) return textSlabWith(size);
  if (!large.hasRoom(size)) large = newSlab(SLAB_SIZE);
  return large;
}

function textSlabWith(size: number): Slab {
  const least = TEXT_SLAB_SIZES.find((slabSize) => size <= slabSize)!;
  const slab = forTexts.get(least);
  if (slab?.hasRoom(size) === true) return slab;
  const next = newSlab(least);
  forTexts.set(least, next);
  return next;
}

/** Whether frames are being written to it. */
export function isCurrent(slab: Slab): boolean {
  return slab === small || slab === large;
}

function newSlab(size: number): Slab {
  return new Slab(Buffer.allocUnsafeSlow(size), false);
}

/**
 * Memory that all connections write their frames and texts to, from `send()` until they leave at the end
 * of the chunk or tick. Runs of it follow each other; when the last run has left, it begins anew.
 *
 * A slow network pins the slab that a run of its connection is in. So there are several sizes, and a run is at least a
 * sixteenth of its slab: most never outgrow a small one, and are moved to a larger one when they do. A text of more than a
 * hundred thousand characters has one in which it may be three bytes a character, and is at least a twelfth.
 */
export const SLAB_SIZE = 65_536;
export const SMALL_SLAB_SIZE = 4096;
/** For what is more than a sixteenth of it. */
const LONG_SLAB_SIZE = 0x4_0000;
/** There is one of each size, once there was need for it. */
const LONG_SLAB_SIZES = [LONG_SLAB_SIZE, 0x10_0000, 0x40_0000] as const;
/** The most that fits into one, behind what is moved there from a small slab. */
export const LARGEST_RUN: number = 0x40_0000 - SMALL_SLAB_SIZE;

export class Slab {
  readonly bytes: Buffer;
  /** Where the free part begins. */
  claimed = 0;
  readonly size: number;
  /** Whether several connections send the same run of it: it is never written to a second time. */
  readonly isShared: boolean;
  /** Whether frames are being written to it. */
  isCurrent = false;
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

  /** Whether it does not begin anew any more. */
  get isAbandoned(): boolean {
    return this.kept;
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

let small = newSlab(SMALL_SLAB_SIZE);
let large = newSlab(SLAB_SIZE);
const longSlabs = new Map<number, Slab>();

/**
 * A slab with `size` free bytes.
 *
 * @param least how many of them will be written
 */
export function slabWith(size: number, least: number): Slab {
  if (size <= SMALL_SLAB_SIZE) {
    if (!small.hasRoom(size)) small = replace(small);
    return small;
  }
  if (size > SLAB_SIZE || least > LONG_SLAB_SIZE / 16) return longSlabWith(size);
  if (!large.hasRoom(size)) large = replace(large);
  return large;
}

/**
 * Whether `size` bytes can be copied to where long frames are, without new memory for them: what one tick sends to many
 * connections is not to be copied for each.
 */
export function hasRoomForLong(size: number): boolean {
  const slab = longSlabs.get(LONG_SLAB_SIZE);
  return slab === undefined || slab.isAbandoned || slab.hasRoom(size);
}

function longSlabWith(size: number): Slab {
  const slabSize = LONG_SLAB_SIZES.find((large) => size <= large)!;
  let slab = longSlabs.get(slabSize) ?? newSlab(slabSize);
  if (!slab.hasRoom(size)) slab = replace(slab);
  longSlabs.set(slabSize, slab);
  return slab;
}

function replace(full: Slab): Slab {
  full.isCurrent = false;
  return newSlab(full.size);
}

function newSlab(size: number): Slab {
  const slab = new Slab(Buffer.allocUnsafeSlow(size), false);
  slab.isCurrent = true;
  return slab;
}

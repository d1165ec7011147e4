/**
 * Memory that all connections write their small frames to, from `send()` until they leave at the end
 * of the chunk or tick. Runs of it follow each other; when the last run has left, it begins anew.
 *
 * A slow network pins the slab that a run of its connection is in. So there are two kinds: most runs
 * never outgrow a small one, and are moved to a large one when they do.
 */
export const SLAB_SIZE = 65_536;
export const SMALL_SLAB_SIZE = 4096;

export class Slab {
  readonly bytes: Buffer;
  /** Where the free part begins. */
  claimed = 0;
  readonly size: number;
  private runs = 0;
  private kept = false;

  constructor(size: number) {
    this.size = size;
    this.bytes = Buffer.allocUnsafeSlow(size);
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

let small: Slab = new Slab(SMALL_SLAB_SIZE);
let large: Slab = new Slab(SLAB_SIZE);

/** A slab with `size` free bytes. */
export function slabWith(size: number): Slab {
  if (size <= SMALL_SLAB_SIZE) {
    if (!small.hasRoom(size)) small = new Slab(SMALL_SLAB_SIZE);
    return small;
  }
  if (!large.hasRoom(size)) large = new Slab(SLAB_SIZE);
  return large;
}

/** Whether frames are being written to it. */
export function isCurrent(slab: Slab): boolean {
  return slab === small || slab === large;
}

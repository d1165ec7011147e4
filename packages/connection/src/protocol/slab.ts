/**
 * Memory that all connections write their small frames to, from `send()` until they leave at the end
 * of the chunk or tick. Runs of it follow each other; when the last run has left, it begins anew.
 */
export const SLAB_SIZE = 65_536;

export class Slab {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(SLAB_SIZE);
  /** Where the free part begins. */
  claimed = 0;
  private runs = 0;
  private kept = false;

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

let current: Slab | null = null;

/** A slab with `size` free bytes. */
export function slabWith(size: number): Slab {
  if (current === null || current.claimed + size > SLAB_SIZE) current = new Slab();
  return current;
}

/** Whether frames are being written to it. */
export function isCurrent(slab: Slab): boolean {
  return slab === current;
}

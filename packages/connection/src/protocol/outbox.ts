/**
 * The bytes of one connection that wait for the end of a chunk or tick, to leave in one write.
 *
 * Small frames are written straight into a slab of memory that all connections share: a connection
 * owns a run of it, [start, end). While nobody else has claimed memory since, its next frame goes
 * right behind the last one and the run grows; otherwise the run is sealed and a new one begins.
 * Large payloads are kept by reference, in order between the runs.
 */
const SLAB_SIZE = 64 * 1024;

/** The most that fits into a slab beside anything else: larger payloads go by reference. */
export const LARGEST_CLAIM: number = SLAB_SIZE / 2;

let slab: Buffer = Buffer.allocUnsafeSlow(SLAB_SIZE);
let claimed = 0;

export class Outbox {
  /** Bytes that wait here, framing included. */
  bytes = 0;
  /** The slab that the last `claim` is in. */
  slab: Buffer = slab;
  private start = 0;
  private end = 0;
  private sealed: Uint8Array[] | null = null;

  /** Reserves `size` bytes (at most `LARGEST_CLAIM`) of `this.slab`; returns their offset. */
  claim(size: number): number {
    if (this.slab === slab && this.end === claimed && claimed + size <= SLAB_SIZE) return claimed;
    this.seal();
    if (claimed + size > SLAB_SIZE) {
      slab = Buffer.allocUnsafeSlow(SLAB_SIZE);
      claimed = 0;
    }
    this.slab = slab;
    this.start = this.end = claimed;
    return claimed;
  }

  /** Says that the memory claimed last has been filled up to `end`. */
  commit(end: number): void {
    this.bytes += end - this.end;
    this.end = end;
    claimed = end;
  }

  /** Appends bytes that are not to be copied. They must stay unchanged until they have left. */
  appendByReference(data: Uint8Array): void {
    this.seal();
    (this.sealed ??= []).push(data);
    this.bytes += data.byteLength;
  }

  /** Hands over what waits, in order, and is empty afterwards. Call only when `bytes > 0`. */
  take(): Uint8Array[] | Uint8Array {
    this.bytes = 0;
    const { sealed } = this;
    if (sealed === null) {
      const run = this.slab.subarray(this.start, this.end);
      this.start = this.end;
      return run;
    }
    this.seal();
    this.sealed = null;
    return sealed;
  }

  /** Forgets what waits. */
  clear(): void {
    this.bytes = 0;
    this.sealed = null;
    this.start = this.end;
  }

  /**
   * Gives the memory of what was taken last back for the next claim, by anyone. Only for a transport
   * that has already consumed it.
   */
  recycle(taken: Uint8Array[] | Uint8Array): void {
    if (Array.isArray(taken) || this.slab !== slab || this.end !== claimed) return;
    if (this.start !== this.end) return;
    claimed = this.start = this.end = claimed - taken.byteLength;
  }

  private seal(): void {
    if (this.start === this.end) return;
    (this.sealed ??= []).push(this.slab.subarray(this.start, this.end));
    this.start = this.end;
  }
}

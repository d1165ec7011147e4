/**
 * Two Node streams joined in memory, as two ends of a socket are: what is written to one can be read
 * from the other a tick later, and each half ends by itself. They remember every write.
 */
import { Duplex } from 'node:stream';

type Done = (error?: Error | null) => void;

export class Side extends Duplex {
  /** What has been written, one entry per write that would reach the kernel. */
  readonly writes: Buffer[] = [];
  private peer: Side | null = null;
  private stalled = false;
  private waiting: Done | null = null;

  constructor() {
    super({ allowHalfOpen: true, writableHighWaterMark: 1024 });
  }

  static pair(): [Side, Side] {
    const [left, right] = [new Side(), new Side()];
    left.peer = right;
    right.peer = left;
    return [left, right];
  }

  /** All that has been written. */
  get written(): Buffer {
    return Buffer.concat(this.writes);
  }

  /** From now on writes are taken, but not finished: the network is full. */
  stall(): void {
    this.stalled = true;
  }

  /** The network has room again; or the write that it has taken last fails. */
  unstall(error?: Error): void {
    this.stalled = false;
    const done = this.waiting;
    this.waiting = null;
    done?.(error);
  }

  override _read(): void {
    // what arrives is pushed
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.carry(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.carry(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    const { peer } = this;
    process.nextTick(() => peer?.push(null));
    done();
  }

  private carry(bytes: Buffer, done: Done): void {
    const copy = Buffer.from(bytes);
    const { peer } = this;
    this.writes.push(copy);
    process.nextTick(() => {
      if (peer?.destroyed === false) peer.push(Buffer.from(copy));
    });
    if (this.stalled) this.waiting = done;
    else done();
  }
}

/** Lets everything happen that needs nothing but turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve));
}

/** A stream that forgets what is written to it at once; or, stuck, keeps it for ever. */
import { Duplex } from 'node:stream';

export class ByteSink extends Duplex {
  isStuck = false;
  /** What was written and is still held: by a kernel that takes nothing, say. */
  readonly held: Uint8Array[] = [];

  constructor() {
    super({ writableHighWaterMark: 16_384 });
  }

  override _read(): void {
    // nothing comes
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    if (this.isStuck) this.held.push(chunk);
    else done();
  }
}

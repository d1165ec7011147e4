/**
 * One zlib context, driven directly: without the stream around it, the work of a small message takes
 * a fraction of the time. Node does not document any of this. Whether it is there, and does what is
 * expected, is for `handlesWork` to find out before anything relies on it.
 *
 * A context is in use for the length of one call only, on one thread. One that has reported an error
 * is of no more use.
 */
import type { ZlibOptions } from 'node:zlib';
import { zlib } from './node-zlib';

/** What Node's zlib streams have inside. */
export interface NativeHandle {
  /** Called from within `writeSync`, `reset` and nothing else, as long as nothing else is called. */
  onerror: (message: string, errno: number, code: string) => void;
  reset(): void;
  /** Leaves in the stream's `_writeState` how much room and how much input is left over. */
  writeSync(
    flush: number,
    input: Uint8Array,
    inputStart: number,
    inputLength: number,
    output: Uint8Array,
    outputStart: number,
    outputLength: number,
  ): void;
}

/** A stream of `node:zlib`, as it is inside. */
export interface NativeStream {
  readonly _handle: NativeHandle;
  readonly _writeState: Uint32Array;
  close(): void;
}

export class RawStream {
  /** What the last call complained about. */
  failure: string | null = null;
  readonly #stream: NativeStream;

  constructor(stream: NativeStream) {
    this.#stream = stream;
    stream._handle.onerror = (message) => {
      this.failure = message;
    };
  }

  static deflate(options: ZlibOptions): RawStream {
    return new RawStream(zlib().createDeflateRaw(options) as unknown as NativeStream);
  }

  static inflate(): RawStream {
    return new RawStream(zlib().createInflateRaw() as unknown as NativeStream);
  }

  /** The input that the last `write` had no use for, in bytes. */
  get inputLeft(): number {
    return this.#stream._writeState[1]!;
  }

  /** Forgets everything but how it was made. */
  reset(): void {
    this.#stream._handle.reset();
  }

  /**
   * Passes `length` bytes from the start of `input` through.
   *
   * @returns how many bytes are in `output`; if that is all of `room`, there may be more
   */
  write(
    flush: number,
    input: Uint8Array,
    length: number,
    output: Uint8Array,
    room: number,
  ): number {
    this.#stream._handle.writeSync(flush, input, 0, length, output, 0, room);
    return room - this.#stream._writeState[0]!;
  }

  /** Gives its memory back. */
  close(): void {
    this.#stream.close();
  }
}

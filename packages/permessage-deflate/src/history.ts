/**
 * What a message may refer to (RFC 7692 §7.2.3.2): the end of the messages before it, as far as the
 * sliding window reaches. It takes memory as it fills.
 */
export class History {
  readonly #window: number;
  #memory: Buffer;
  #length = 0;

  /** @param window how much of the past counts, in bytes */
  constructor(window: number) {
    this.#window = window;
    this.#memory = Buffer.alloc(0);
  }

  /** A view of it, until the next `append`; null when there is none. */
  get bytes(): Uint8Array | null {
    return this.#length === 0 ? null : this.#memory.subarray(0, this.#length);
  }

  /** Takes a copy of what counts of a message. */
  append(message: Uint8Array): void {
    const added = message.subarray(Math.max(0, message.byteLength - this.#window));
    const kept = Math.min(this.#length, this.#window - added.byteLength);
    const from = this.#memory;
    if (kept + added.byteLength > from.byteLength) {
      this.#memory = Buffer.allocUnsafeSlow(this.#capacityFor(kept + added.byteLength));
    }
    from.copy(this.#memory, 0, this.#length - kept, this.#length);
    this.#memory.set(added, kept);
    this.#length = kept + added.byteLength;
  }

  #capacityFor(length: number): number {
    return Math.min(this.#window, Math.max(1024, 2 * length));
  }
}

/**
 * What a message may refer to (RFC 7692 §7.2.3.2): the end of the messages before it, as far as the
 * sliding window reaches. It takes memory as it fills. Once it is full it is a ring: a message takes the
 * place of the oldest bytes, and nothing is moved.
 */
export class History {
  readonly #window: number;
  #memory: Buffer;
  #length = 0;
  /** Where the next byte goes; in a full ring, that is where the oldest byte is. */
  #next = 0;

  /** @param window how much of the past counts, in bytes */
  constructor(window: number) {
    this.#window = window;
    this.#memory = Buffer.alloc(0);
  }

  get length(): number {
    return this.#length;
  }

  /** All of it in one piece, which may be a copy, until the next `append`; null when there is none. */
  get bytes(): Uint8Array | null {
    if (this.#length === 0) return null;
    const oldest = this.#oldest;
    const memory = this.#memory.subarray(0, this.#length);
    return oldest === 0 ? memory : Buffer.concat([memory.subarray(oldest), memory], this.#length);
  }

  /** Copies all of it into `target`, from `at` on. */
  copyTo(target: Uint8Array, at: number): void {
    const oldest = this.#oldest;
    const memory = this.#memory.subarray(0, this.#length);
    target.set(memory.subarray(oldest), at);
    if (oldest > 0) target.set(memory.subarray(0, oldest), at + this.#length - oldest);
  }

  /** Takes a copy of what counts of a message. */
  append(message: Uint8Array): void {
    const added = message.subarray(Math.max(0, message.byteLength - this.#window));
    if (added.byteLength === 0) return;
    const length = Math.min(this.#window, this.#length + added.byteLength);
    if (length > this.#memory.byteLength) this.#grow(length);
    const memory = this.#memory;
    const atEnd = Math.min(added.byteLength, memory.byteLength - this.#next);
    memory.set(added.subarray(0, atEnd), this.#next);
    if (atEnd < added.byteLength) memory.set(added.subarray(atEnd), 0);
    this.#next = (this.#next + added.byteLength) % memory.byteLength;
    this.#length = length;
  }

  get #oldest(): number {
    return this.#length === this.#window ? this.#next : 0;
  }

  /** What is in it lies at the start until it is full. */
  #grow(length: number): void {
    const memory = Buffer.allocUnsafeSlow(Math.min(this.#window, Math.max(1024, 2 * length)));
    this.#memory.copy(memory, 0, 0, this.#length);
    this.#memory = memory;
    this.#next = this.#length;
  }
}

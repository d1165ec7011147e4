/** Octets that have come, to be taken in amounts that have nothing to do with how they came. */
export class OctetQueue {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The first `count` octets, left where they are; undefined if there are fewer. */
  peek(count: number): Buffer | undefined {
    if (this.#length < count) return undefined;
    if (count === 0) return Buffer.alloc(0);
    this.#gather(count);
    return this.#chunks[0]!.subarray(0, count);
  }

  /** The first `count` octets, taken away; undefined if there are fewer. */
  take(count: number): Buffer | undefined {
    const taken = this.peek(count);
    if (taken === undefined || count === 0) return taken;
    const first = this.#chunks[0]!;
    if (first.length === count) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(count);
    this.#length -= count;
    return taken;
  }

  /** Everything there is. */
  takeAll(): Buffer {
    return this.take(this.#length)!;
  }

  /** Makes the first chunk at least `count` octets long. */
  #gather(count: number): void {
    if (this.#chunks[0]!.length >= count) return;
    let gathered = 0;
    let used = 0;
    while (gathered < count) gathered += this.#chunks[used++]!.length;
    this.#chunks.splice(0, used, Buffer.concat(this.#chunks.slice(0, used), gathered));
  }
}

/**
 * What is kept from one message to the next, in bytes, all connections of the process together. It
 * only counts: whoever takes memory asks first whether there is room.
 */
export class ContextMemory {
  #used = 0;

  get used(): number {
    return this.#used;
  }

  /** @returns whether `bytes` more fit under `most` */
  hasRoom(bytes: number, most: number): boolean {
    return this.#used + bytes <= most;
  }

  take(bytes: number): void {
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}

/**
 * A queue: first in, first out. What `push` and `shift` cost does not depend on how many wait, and
 * the memory follows how many wait, up and down. An empty queue that was never used takes none.
 *
 * It is a ring: its front moves along an array whose length is a power of two, and elements move
 * only when the ring becomes larger or smaller.
 */

/** The smallest ring that holds anything. */
const LEAST_CAPACITY = 4;

export class Fifo<T> implements Iterable<T> {
  #ring: (T | undefined)[] = [];
  #front = 0;
  #length = 0;

  /** How many wait. */
  get length(): number {
    return this.#length;
  }

  /** For how many there is memory now: four times as many as wait at most, or four. */
  get capacity(): number {
    return this.#ring.length;
  }

  /** Adds one at the end. */
  push(element: T): void {
    const capacity = this.#ring.length;
    if (this.#length === capacity) this.#resize(Math.max(LEAST_CAPACITY, 2 * capacity));
    this.#ring[this.#placeOf(this.#length)] = element;
    this.#length++;
  }

  /** Takes the first; undefined when there is none. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const element = this.#ring[this.#front];
    this.#ring[this.#front] = undefined;
    this.#front = this.#placeOf(1);
    this.#length--;
    const capacity = this.#ring.length;
    if (this.#length * 4 < capacity && capacity > LEAST_CAPACITY) this.#resize(capacity / 2);
    return element;
  }

  /** The first, which stays; undefined when there is none. */
  peek(): T | undefined {
    return this.#length === 0 ? undefined : this.#ring[this.#front];
  }

  /** Removes all, and gives all memory back. */
  clear(): void {
    this.#ring = [];
    this.#front = 0;
    this.#length = 0;
  }

  /** Takes one after the other until there is none, those included that are pushed meanwhile. */
  *drain(): Generator<T, void, undefined> {
    while (this.#length > 0) yield this.shift() as T;
  }

  /** Those that wait, which stay, from the first to the last. Not while the queue changes. */
  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let index = 0; index < this.#length; index++) {
      yield this.#ring[this.#placeOf(index)] as T;
    }
  }

  #placeOf(index: number): number {
    return (this.#front + index) & (this.#ring.length - 1);
  }

  #resize(capacity: number): void {
    const ring = new Array<T | undefined>(capacity);
    for (let index = 0; index < this.#length; index++) {
      ring[index] = this.#ring[this.#placeOf(index)];
    }
    this.#ring = ring;
    this.#front = 0;
  }
}

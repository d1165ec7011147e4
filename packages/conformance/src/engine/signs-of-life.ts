/**
 * When the endpoint under test last did something that can be seen: octets that came from it or that
 * it has taken, on whichever of its connections.
 *
 * Waiting depends on it, and not on the clock alone: an endpoint that is busy with other cases, or has
 * a small share of a busy machine, is late and not wrong.
 */

/** Milliseconds by which signs of life prolong one wait at most: what never comes must end, too. */
const LONGEST_EXTENSION = 60_000;

export class SignsOfLife {
  #last = performance.now();

  add(): void {
    this.#last = performance.now();
  }

  /**
   * Milliseconds for which a wait that began at `began` goes on if nothing more is seen; none or fewer
   * when it is over.
   *
   * @param silence milliseconds that the endpoint may do nothing for
   */
  left(began: number, silence: number): number {
    const from = Math.min(Math.max(began, this.#last), began + LONGEST_EXTENSION);
    return from + silence - performance.now();
  }
}

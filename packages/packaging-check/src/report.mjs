/** Named steps: each is reported in one line as it ends, and a failed one does not stop the others. */

/** Thrown by a step for want of something that this machine does not have. */
export class Unavailable extends Error {}

export class Report {
  #allowUnavailable;
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /** @param {{ allowUnavailable?: boolean }} options whether `Unavailable` skips a step; else it fails */
  constructor({ allowUnavailable = false } = {}) {
    this.#allowUnavailable = allowUnavailable;
  }

  /**
   * Runs a step, which fails by throwing and may return a detail for its line.
   *
   * @param {string} name
   * @param {() => unknown} work
   * @returns {Promise<boolean>} whether it passed
   */
  async step(name, work) {
    try {
      const detail = await work();
      this.#passed++;
      print(`ok      ${name}${typeof detail === 'string' ? `: ${detail}` : ''}`);
      return true;
    } catch (error) {
      this.#refuse(name, error);
      return false;
    }
  }

  #refuse(name, error) {
    const skipped = this.#allowUnavailable && error instanceof Unavailable;
    if (skipped) this.#skipped++;
    else this.#failed++;
    print(`${skipped ? 'skipped' : 'FAILED '} ${name}\n${indented(error.message)}`);
  }

  /** Prints the totals; the process will exit with 1 if a step failed, or none passed. */
  conclude() {
    print(`${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`);
    if (this.#failed > 0 || this.#passed === 0) process.exitCode = 1;
  }
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function indented(text) {
  return text.trimEnd().replace(/^/gm, '        ');
}

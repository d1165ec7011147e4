/** What is shown while cases run: one line that changes on a terminal, a line now and then elsewhere. */
import type { WriteStream } from 'node:tty';
import { isFine, verdictText } from './engine/result';
import type { CaseResult } from './engine/result';

type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

/** How many lines there are where lines stay. */
const SPARSE_LINES = 5;
const CLEAR_LINE = '\r\x1b[2K';

export class Progress {
  readonly #title: string;
  readonly #total: number;
  readonly #output: Output;
  #done = 0;
  #bad = 0;

  constructor(title: string, total: number, output: Output = process.stderr) {
    this.#title = title;
    this.#total = total;
    this.#output = output;
  }

  readonly add = (result: CaseResult): void => {
    this.#done += 1;
    if (!isFine(result)) this.#bad += 1;
    const line = `${this.#title}: ${this.#done} of ${this.#total}, ${this.#bad} not fine`;
    const last = this.#done === this.#total;
    if (this.#output.isTTY === true) {
      const now = last ? '\n' : `; ${result.id} ${verdictText(result)}`;
      this.#output.write(`${CLEAR_LINE}${line}${now}`);
    } else if (last || this.#done % Math.ceil(this.#total / SPARSE_LINES) === 0) {
      this.#output.write(`${line}\n`);
    }
  };
}

/** How many cases of an endpoint have been run, and how many are not fine; the latest in words. */
import { ProgressLine, type Output } from '@ws/reporting';
import { isFine, verdictText } from './engine/result';
import type { CaseResult } from './engine/result';

export class Progress {
  readonly #title: string;
  readonly #total: number;
  readonly #line: ProgressLine;
  #done = 0;
  #bad = 0;

  constructor(title: string, total: number, output: Output = process.stderr) {
    this.#title = title;
    this.#total = total;
    this.#line = new ProgressLine(output);
  }

  readonly add = (result: CaseResult): void => {
    this.#done += 1;
    if (!isFine(result)) this.#bad += 1;
    const { id, title } = result;
    const text = `${this.#title}: ${this.#bad} not fine · ${id} ${title}: ${verdictText(result)}`;
    this.#line.show({ done: this.#done, total: this.#total, text });
    if (this.#done === this.#total) this.#line.end();
  };
}

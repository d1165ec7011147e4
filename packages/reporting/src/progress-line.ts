/** How far a run is: one line, kept up to date on a terminal, written anew now and then elsewhere. */
import { clock } from './format';

const BAR_LENGTH = 20;
const MS_BETWEEN_LINES = 10_000;
const CLEAR_LINE = '\r\u001b[K';

export interface Output {
  readonly isTTY?: boolean;
  /** Characters in a line of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Step {
  /** Steps that are done, of `total`; or seconds that have passed. */
  readonly done: number;
  readonly total: number;
  /** What `done` and `total` count; default is steps. */
  readonly unit?: 'steps' | 'seconds';
  /** What is being done. */
  readonly text: string;
}

export class ProgressLine {
  readonly #output: Output;
  readonly #now: () => number;
  #startedAt: number | undefined;
  #nextLineAt = 0;

  /** @param now milliseconds, of a clock that only goes forward */
  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  show(step: Step): void {
    const now = this.#now();
    this.#startedAt ??= now;
    const line = lineOf(step, now - this.#startedAt);
    if (this.#output.isTTY === true) {
      this.#output.write(CLEAR_LINE + line.slice(0, (this.#output.columns ?? 80) - 1));
    } else if (now >= this.#nextLineAt) {
      this.#nextLineAt = now + MS_BETWEEN_LINES;
      this.#output.write(`${line}\n`);
    }
  }

  /** Writes a line that stays. */
  note(text: string): void {
    this.end();
    this.#output.write(`${text}\n`);
  }

  /** Takes the line away, where it can be. */
  end(): void {
    if (this.#output.isTTY === true) this.#output.write(CLEAR_LINE);
  }
}

function lineOf({ done, total, unit = 'steps', text }: Step, elapsed: number): string {
  const part = Math.min(1, done / total);
  const filled = Math.round(part * BAR_LENGTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled);
  if (unit === 'seconds') return `${bar} ${clock(done)} of ${clock(total)} · ${text}`;
  const left = done === 0 ? '' : ` · ${clock(Math.round((elapsed / part - elapsed) / 1000))} left`;
  return `${bar} ${done}/${total}${left} · ${text}`;
}

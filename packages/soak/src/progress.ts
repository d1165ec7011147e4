/** The line of progress: kept up to date on a terminal, a new one now and then elsewhere. */
import { clock, megabytes, number } from './format';
import type { Status } from './run';
import { countOf, totalOf } from './tally';

const SECONDS_BETWEEN_LINES = 30;
const CLEAR_LINE = '\r\u001b[K';

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export class Progress {
  readonly #output: Output;
  #previous: Status | null = null;
  #nextLine = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  show(status: Status): void {
    const line = progressLine(status, this.#previous);
    this.#previous = status;
    if (this.#output.isTTY === true) this.#output.write(CLEAR_LINE + line);
    else if (status.seconds >= this.#nextLine) {
      this.#nextLine = status.seconds + SECONDS_BETWEEN_LINES;
      this.#output.write(`${line}\n`);
    }
  }

  end(): void {
    if (this.#output.isTTY === true) this.#output.write('\n');
  }
}

export function progressLine(status: Status, previous: Status | null): string {
  const { seconds, phase, live, outstanding, server, tallied } = status;
  const bad = countOf(tallied, 'messages', 'lost') + countOf(tallied, 'messages', 'wrong');
  return [
    `${clock(seconds)}${phase === 'ending' ? ' ending' : ''}`,
    `${number(live)} connections`,
    `${number(rate(status, previous))} messages/s`,
    `${number(outstanding)} outstanding`,
    `RSS ${megabytes(server.rss)}`,
    `heap ${megabytes(server.heapUsed)}`,
    `${number(bad)} lost`,
    `${number(totalOf(tallied, 'unexpected') + totalOf(tallied, 'crashes'))} unexpected`,
    `${number(totalOf(tallied, 'errors'))} errors`,
  ].join(' · ');
}

function rate(status: Status, previous: Status | null): number {
  const since = status.seconds - (previous?.seconds ?? 0);
  const echoed = countOf(status.tallied, 'messages', 'echoed');
  return (echoed - countOf(previous?.tallied ?? {}, 'messages', 'echoed')) / since;
}

/** A script for the tests: calls of every kind. */
import { answerCalls } from '../src';

const order: string[] = [];

export interface AnsweringCalls {
  add(left: number, right: number): number;
  /** Resolves, some turns later, with the names of all that have ended, in order. */
  slowly(turns: number, name: string): Promise<string[]>;
  args(): string[];
  variable(name: string): string | undefined;
  fail(): void;
  never(): Promise<void>;
  end(): void;
}

answerCalls<AnsweringCalls>({
  add: (left, right) => left + right,
  async slowly(turns, name) {
    for (let i = 0; i < turns; i++) await new Promise(setImmediate);
    order.push(name);
    return [...order];
  },
  args: () => [...process.execArgv, ...process.argv.slice(2)],
  variable: (name) => process.env[name],
  fail() {
    throw new RangeError('no such thing');
  },
  never: () => new Promise(() => undefined),
  end: () => process.exit(3),
});

import type fc from 'fast-check';

/** Something that holds for every input of some kind, and how to make such inputs. */
export interface Model {
  /** As the command line has it. */
  readonly name: string;
  /** What holds, in a sentence. */
  readonly law: string;
  /** Runs that a test makes of it: as many as take about a second. */
  readonly runs: number;
  /** Breaks, with a message that says how, when an input shows that the law does not hold. */
  readonly property: fc.IRawProperty<unknown>;
}

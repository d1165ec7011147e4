/** How scripts of conversations are written down. */
import type { Act, Action, Conversation } from './conversation';
import type { SideName } from './faults';

/** Steps between two actions of a side that the other has to notice. */
export const SOME = 3;

export const text: Act = { do: 'text', length: 10 };
export const close: Act = { do: 'close' };
export const ping: Act = { do: 'ping' };

export function by(side: SideName, steps: number, ...acts: Act[]): Action[] {
  return acts.map((act) => ({ by: side, act, steps }));
}

/** Lets time pass, and then everything arrive. Whose script it is in makes no difference. */
export function wait(milliseconds: number): Action {
  return { by: 'client', act: { do: 'wait', milliseconds }, steps: Infinity };
}

export type Scenarios = Readonly<Record<string, Conversation>>;

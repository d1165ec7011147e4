/**
 * What decoders that are not ours make of the bytes, and where they may differ from ours. A decoder
 * of theirs is asked for what it tells of a whole stream; how it ends is `close`, `refused` or nothing.
 */
import type { Told } from '../bytes/told';

export type TheirTold = Told | readonly ['refused'];

/** A way in which a peer may differ from what ours says. */
export interface Difference {
  readonly name: string;
  /** Why ours is as it is. */
  readonly because: string;
  /** Whether this is it: ours ends in a way that the peer need not agree with. */
  applies(ending: Told): boolean;
}

/** The peer goes on, or says something else, where ours refuses for one of these reasons. */
function more(name: string, because: string, ...violations: string[]): Difference {
  return {
    name,
    because,
    applies: ([kind, code]) => kind === 'violation' && violations.includes(String(code)),
  };
}

export const LENIENT_LENGTHS: Difference = more(
  'takes lengths that are not in their shortest form',
  'the shortest form MUST be used (RFC 6455 §5.2)',
  'LENGTH_NOT_MINIMAL',
);

export const LENIENT_MASKS: Difference = more(
  'takes masked frames from a server',
  'a client MUST close a connection if it detects a masked frame (§5.1)',
  'MASK_UNEXPECTED',
);

export const LATE_UTF8: Difference = more(
  'looks at UTF-8 only when a message is complete',
  'a message that is wrong already is not worth waiting for (§8.1)',
  'INVALID_UTF8',
);

export const NO_FRAGMENT_LIMIT: Difference = more(
  'takes any number of fragments',
  'their number is limited, since empty ones cost memory, too (§10.4)',
  'TOO_MANY_FRAGMENTS',
);

export const OLD_CLOSE_CODES: Difference = {
  name: 'refuses the close codes 1012, 1013 and 1014',
  because: 'they have been registered since (§7.4.2)',
  applies: ([kind, code]) => kind === 'close' && Number(code) >= 1012 && Number(code) <= 1014,
};

/**
 * How the two disagree, in words; null if they do not. Where ours is different on purpose, only what
 * came before that has to be the same.
 */
export function disagreement(
  ours: readonly Told[],
  theirs: readonly TheirTold[],
  differences: readonly Difference[],
): string | null {
  const ending = ours.at(-1);
  const isDifferent = ending !== undefined && differences.some((one) => one.applies(ending));
  const left = ours.map((told) => (told[0] === 'violation' ? (['refused'] as const) : told));
  const [leftText, rightText] = isDifferent
    ? [left.slice(0, -1), theirs.slice(0, left.length - 1)].map((told) => JSON.stringify(told))
    : [left, theirs].map((told) => JSON.stringify(told));
  return leftText === rightText ? null : `ours: ${leftText ?? ''}\ntheirs: ${rightText ?? ''}`;
}

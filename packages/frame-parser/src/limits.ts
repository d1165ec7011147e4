import { describe } from './checks';

/** How much a peer may send in one message. Protocol rules of this end, set by its owner. */
export interface LimitOptions {
  /** Bytes of payload in one message, all fragments together; 2^26 - 1 (64 MiB). */
  maxLength?: number;
  /** The same of a message that is delivered in parts (`deliverParts`), which keeps none; Infinity. */
  maxStreamedLength?: number;
  /** Frames in one message, empty ones too; 2^20. */
  maxFragments?: number;
}

const DEFAULT_MAX_LENGTH = 2 ** 26 - 1;
const DEFAULT_MAX_FRAGMENTS = 2 ** 20;

/**
 * The limits with their defaults.
 *
 * @throws RangeError if one is neither Infinity nor an integer, or is too small to let anything pass
 */
export function resolveLimits(options: LimitOptions): Readonly<Required<LimitOptions>> {
  const {
    maxLength = DEFAULT_MAX_LENGTH,
    maxStreamedLength = Infinity,
    maxFragments = DEFAULT_MAX_FRAGMENTS,
  } = options;
  return {
    maxLength: check('maxLength', maxLength, 0),
    maxStreamedLength: check('maxStreamedLength', maxStreamedLength, 0),
    maxFragments: check('maxFragments', maxFragments, 1),
  };
}

function check(name: string, value: number, least: number): number {
  if (value >= least && (Number.isInteger(value) || value === Infinity)) return value;
  throw new RangeError(
    `${name} must be an integer of at least ${least}, or Infinity, not ${describe(value)}`,
  );
}

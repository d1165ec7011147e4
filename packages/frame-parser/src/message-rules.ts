/** What one end lets its peer send. The decoders of one server all have the same, and share them. */
import { checkBoolean } from './checks';
import { resolveLimits, type LimitOptions } from './limits';

export interface MessageRules {
  /** In bytes of payload, all fragments together. */
  readonly maxLength: number;
  /** Frames of one message, empty ones too. */
  readonly maxFragments: number;
  /** All messages are for extensions to read, whatever their bits. */
  readonly reservesAll: boolean;
}

export interface MessageRuleOptions extends LimitOptions {
  /** Every message is told by `onReserved`, also those without such a bit; false. */
  reservesAll?: boolean;
}

/** Those of the decoder made last. */
let latest: MessageRules | null = null;

/** @throws TypeError if `reservesAll` is not a boolean; RangeError if a limit is neither Infinity nor an integer, or lets nothing pass */
export function resolveRules(options: MessageRuleOptions): MessageRules {
  const { maxLength, maxFragments } = resolveLimits(options);
  const reservesAll = checkBoolean('reservesAll', options.reservesAll ?? false);
  const areLatest =
    latest !== null &&
    latest.maxLength === maxLength &&
    latest.maxFragments === maxFragments &&
    latest.reservesAll === reservesAll;
  if (latest === null || !areLatest) latest = { maxLength, maxFragments, reservesAll };
  return latest;
}

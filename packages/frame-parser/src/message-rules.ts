/** What one end lets its peer send. The decoders of one server all have the same, and share them. */
import { checkBoolean } from './checks';
import { resolveLimits, type LimitOptions } from './limits';

export interface MessageRules {
  /** In bytes of payload, all fragments together. */
  readonly maxLength: number;
  /** The same of a message that is delivered in parts. */
  readonly maxStreamedLength: number;
  /** Frames of one message, empty ones too. */
  readonly maxFragments: number;
  /** All messages are for extensions to read, whatever their bits. */
  readonly reservesAll: boolean;
  /** Text is told as bytes. */
  readonly textAsBytes: boolean;
}

export interface MessageRuleOptions extends LimitOptions {
  /** Every message is told by `onReserved`, also those without such a bit; false. */
  reservesAll?: boolean;
  /** Text is told by `onTextBytes`, not by `onText`; false. */
  textAsBytes?: boolean;
}

/** Those of the decoder made last. */
let latest: MessageRules | null = null;

/**
 * @throws TypeError if a switch is not a boolean; RangeError if a limit is neither Infinity nor an
 *   integer, or lets nothing pass
 */
export function resolveRules(options: MessageRuleOptions): MessageRules {
  const { maxLength, maxStreamedLength, maxFragments } = resolveLimits(options);
  const reservesAll = checkBoolean('reservesAll', options.reservesAll ?? false);
  const textAsBytes = checkBoolean('textAsBytes', options.textAsBytes ?? false);
  // One by one: this runs for every connection, and spreading costs more than all else here.
  const rules = { maxLength, maxStreamedLength, maxFragments, reservesAll, textAsBytes };
  if (latest === null || !areEqual(latest, rules)) latest = rules;
  return latest;
}

function areEqual(one: MessageRules, other: MessageRules): boolean {
  return (
    one.maxLength === other.maxLength &&
    one.maxStreamedLength === other.maxStreamedLength &&
    one.maxFragments === other.maxFragments &&
    one.reservesAll === other.reservesAll &&
    one.textAsBytes === other.textAsBytes
  );
}

/**
 * Options of one type each: checked, with the default where there is none. Undefined and null are the
 * same as leaving an option out. So is false where leaving it out means none.
 *
 * `prefix` is what stands before an option's name in error messages, such as `deflate.`.
 */
import { describe } from './describe';
import { isNone } from './none';

/** The longest delay that a timer takes, in milliseconds. */
export const LONGEST_TIMEOUT: number = 2 ** 31 - 1;

const NO_LIMIT = ', nor Infinity, which is no limit';

/** What an integer may be, and is when it is left out. */
export interface IntegerRange {
  /** Need not be in the range itself. */
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  /** Whether Infinity is allowed, too, for no limit. Default false. */
  readonly unlimited?: boolean;
}

/**
 * @throws {TypeError} the option is not a number
 * @throws {RangeError} it is not an integer, or out of range
 */
export function integerOption<Name extends string>(
  options: { readonly [name in Name]?: number | null | undefined },
  name: Name,
  { fallback, least, most, unlimited = false }: IntegerRange,
  prefix = '',
): number {
  const value = numberOption(options, name, 'a number', prefix);
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  if (unlimited && value === Infinity) return value;
  const range = `from ${least} to ${most}${unlimited ? NO_LIMIT : ''}`;
  throw new RangeError(`option ${prefix}${name}: ${value} is not an integer ${range}`);
}

/**
 * A number, whichever.
 *
 * @param expected what it should be, for the message
 * @throws {TypeError} the option is not a number, or a string of one
 */
export function numberOption(
  options: object,
  name: string,
  expected: string,
  prefix = '',
): number | undefined {
  const value = valueOf(options, name);
  if (value === undefined || typeof value === 'number') return value;
  const hint = typeof value === 'string' ? ', but a string' : '';
  throw wrongType(prefix + name, value, expected + hint);
}

/**
 * A duration in milliseconds; Infinity is no limit, and so is false where that is the default.
 *
 * @param least 1 by default: 0 would be over at once, and is no limit elsewhere, so it is refused
 * @throws {TypeError} the option is not a number
 * @throws {RangeError} it is neither Infinity nor an integer, or less than `least`, or more than a timer can wait
 */
export function timeoutOption<Name extends string>(
  options: { readonly [name in Name]?: number | null | undefined },
  name: Name,
  fallback: number,
  least = 1,
  prefix = '',
): number {
  if (fallback === Infinity && valueOf(options, name) === false) return Infinity;
  const value = numberOption(options, name, 'a number', prefix);
  if (value === undefined) return fallback;
  const isInRange = Number.isInteger(value) && value >= least && value <= LONGEST_TIMEOUT;
  if (isInRange || value === Infinity) return value;
  const range = `from ${least} to ${LONGEST_TIMEOUT}${NO_LIMIT}`;
  throw new RangeError(
    `option ${prefix}${name}: ${value} is not an integer of milliseconds ${range}`,
  );
}

/** @throws {TypeError} the option is not a boolean */
export function booleanOption(
  options: object,
  name: string,
  fallback = false,
  prefix = '',
): boolean {
  const value = valueOf(options, name);
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  throw wrongType(prefix + name, value, 'a boolean');
}

/** @throws {TypeError} the option is none of the choices */
export function choiceOption<Choice>(
  options: object,
  name: string,
  choices: readonly Choice[],
  prefix = '',
): Choice | undefined {
  const value = valueOf(options, name);
  if (value === undefined || choices.includes(value as Choice)) return value as Choice | undefined;
  throw wrongType(prefix + name, value, `one of ${choices.join(', ')}`);
}

/**
 * An option as it is, of those that are none by default: so is false.
 *
 * @param expected what it should be, for the message
 * @throws {TypeError} `isRight` says no
 */
export function optional<Type>(
  options: object,
  name: string,
  expected: string,
  isRight: (value: unknown) => value is Type,
  prefix = '',
): Type | undefined {
  const value = valueOf(options, name);
  if (isNone(value)) return undefined;
  if (isRight(value)) return value;
  throw wrongType(prefix + name, value, expected);
}

/**
 * A copy of an object of options for somebody else, without what is null or undefined (neither may
 * count as "do not verify") and without `ignored`. Null, undefined and false are none.
 *
 * @param name of the option that the object is the value of
 * @throws {TypeError} `value` is not an object
 */
export function givenOptions<Type extends object>(
  value: unknown,
  name: string,
  ignored: ReadonlySet<string>,
): Partial<Type> {
  if (isNone(value)) return {};
  if (typeof value !== 'object') throw wrongType(name, value, 'an object');
  const given = Object.entries(value).filter(
    ([key, entry]) => entry !== undefined && entry !== null && !ignored.has(key),
  );
  return Object.fromEntries(given) as Partial<Type>;
}

/** Undefined if the option is left out, or null. */
function valueOf(options: object, name: string): unknown {
  return (options as Record<string, unknown>)[name] ?? undefined;
}

function wrongType(name: string, value: unknown, expected: string): TypeError {
  return new TypeError(`option ${name}: ${describe(value)} is not ${expected}`);
}

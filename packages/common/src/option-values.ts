/**
 * Options of one type each: checked, with the default where there is none. Undefined is the same as
 * leaving an option out; null is not.
 *
 * `prefix` is what stands before an option's name in error messages, such as `deflate.`.
 */
import { describe } from './describe';

/** The longest delay that a timer takes, in milliseconds. */
export const LONGEST_TIMEOUT: number = 2 ** 31 - 1;

/** What an integer may be, and is when it is left out. */
export interface IntegerRange {
  /** Need not be in the range itself. */
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

/**
 * @throws {TypeError} the option is not a number
 * @throws {RangeError} it is not an integer, or out of range
 */
export function integerOption<Name extends string>(
  options: { readonly [name in Name]?: number | undefined },
  name: Name,
  { fallback, least, most }: IntegerRange,
  prefix = '',
): number {
  const value = optional(options, name, 'a number', isNumber, prefix);
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = `from ${least} to ${most}`;
  throw new RangeError(`option ${prefix}${name}: ${value} is not an integer ${range}`);
}

/**
 * A duration in milliseconds; Infinity is no limit.
 *
 * @param least 1 by default: 0 would be over at once, and is no limit elsewhere, so it is refused
 * @throws {TypeError} the option is not a number
 * @throws {RangeError} it is neither Infinity nor an integer, or less than `least`, or more than a timer can wait
 */
export function timeoutOption<Name extends string>(
  options: { readonly [name in Name]?: number | undefined },
  name: Name,
  fallback: number,
  least = 1,
  prefix = '',
): number {
  const value = optional(options, name, 'a number', isNumber, prefix);
  if (value === undefined) return fallback;
  const isInRange = Number.isInteger(value) && value >= least && value <= LONGEST_TIMEOUT;
  if (isInRange || value === Infinity) return value;
  const range = `from ${least} to ${LONGEST_TIMEOUT}`;
  throw new RangeError(
    `option ${prefix}${name}: ${value} is not an integer of milliseconds ${range}, nor Infinity, which is no limit`,
  );
}

/** @throws {TypeError} the option is not a boolean */
export function booleanOption(
  options: object,
  name: string,
  fallback = false,
  prefix = '',
): boolean {
  return optional(options, name, 'a boolean', isBoolean, prefix) ?? fallback;
}

/** @throws {TypeError} the option is none of the choices */
export function choiceOption<Choice>(
  options: object,
  name: string,
  choices: readonly Choice[],
  prefix = '',
): Choice | undefined {
  const isChoice = (value: unknown): value is Choice => choices.includes(value as Choice);
  return optional(options, name, `one of ${choices.join(', ')}`, isChoice, prefix);
}

/**
 * An option as it is.
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
  const value = (options as Record<string, unknown>)[name];
  if (value === undefined || isRight(value)) return value;
  throw new TypeError(`option ${prefix}${name}: ${describe(value)} is not ${expected}`);
}

/**
 * A copy of an object of options for somebody else, without what is null or undefined (neither may
 * count as "do not verify") and without `ignored`.
 *
 * @param name of the option that the object is the value of
 * @throws {TypeError} `value` is not an object
 */
export function givenOptions<Type extends object>(
  value: unknown,
  name: string,
  ignored: ReadonlySet<string>,
): Partial<Type> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') {
    throw new TypeError(`option ${name}: ${describe(value)} is not an object`);
  }
  const given = Object.entries(value).filter(
    ([key, entry]) => entry !== undefined && entry !== null && !ignored.has(key),
  );
  return Object.fromEntries(given) as Partial<Type>;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Options of one type each: checked, with the default where there is none. */
import { describe } from '@ws/connection';

/** Options of `tls.connect` that would dial elsewhere than the URL says. */
export const IGNORED_TLS: readonly string[] = ['host', 'port', 'path', 'socket'];

/** @throws {TypeError} the option is not a boolean */
export function booleanOption(options: object, name: string): boolean {
  return optional(options, name, 'a boolean', isBoolean) ?? false;
}

/** @throws {TypeError} the option is none of the choices */
export function choiceOption<Choice>(
  options: object,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const isChoice = (value: unknown): value is Choice => choices.includes(value as Choice);
  return optional(options, name, `one of ${choices.join(', ')}`, isChoice);
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
): Type | undefined {
  const value = (options as Record<string, unknown>)[name];
  if (value === undefined || isRight(value)) return value;
  throw new TypeError(`option ${name}: ${describe(value)} is not ${expected}`);
}

/**
 * A copy of an object of options for somebody else, without what is null or undefined (neither may
 * count as "do not verify") and without `ignored`.
 *
 * @throws {TypeError} `value` is not an object
 */
export function givenOptions<Type extends object>(
  value: unknown,
  name: string,
  ignored: readonly string[],
): Partial<Type> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') {
    throw new TypeError(`option ${name}: ${describe(value)} is not an object`);
  }
  const given = Object.entries(value).filter(
    ([key, entry]) => entry !== undefined && entry !== null && !ignored.includes(key),
  );
  return Object.fromEntries(given) as Partial<Type>;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

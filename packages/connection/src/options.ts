/** What both ends of a connection can be told. Every option may be left out or undefined. */
export interface ConnectionOptions {
  /** The longest message accepted, in bytes; a longer one fails the connection with 1009. Default 2²⁶ − 1. */
  maxLength?: number | undefined;
  /**
   * Milliseconds that the closing handshake and the end of the transport may take, from the first
   * closing frame on; then the transport is destroyed. Default 30,000.
   */
  closeTimeout?: number | undefined;
}

/** The options of a connection with every default filled in. */
export interface ConnectionSettings {
  readonly maxLength: number;
  readonly closeTimeout: number;
}

const DEFAULTS: ConnectionSettings = { maxLength: 2 ** 26 - 1, closeTimeout: 30_000 };

/** The longest delay that a timer takes. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The names of all options that `connectionSettings` reads. */
export const CONNECTION_OPTIONS: readonly string[] = Object.keys(DEFAULTS);

/**
 * Checks the options of a connection and fills in the defaults.
 *
 * @throws {TypeError} an option has the wrong type
 * @throws {RangeError} an option is outside of what is allowed
 */
export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  return {
    maxLength: integerOption(options, 'maxLength', DEFAULTS.maxLength, Number.MAX_SAFE_INTEGER),
    closeTimeout: timeoutOption(options, 'closeTimeout', DEFAULTS.closeTimeout),
  };
}

/**
 * Reads an option that is a duration in milliseconds.
 *
 * @throws {TypeError} it is not a number
 * @throws {RangeError} it is not an integer, or more than a timer can wait
 */
export function timeoutOption<Name extends string>(
  options: NumberOption<Name>,
  name: Name,
  fallback: number,
): number {
  return integerOption(options, name, fallback, LONGEST_TIMEOUT);
}

type NumberOption<Name extends string> = { readonly [name in Name]?: number | undefined };

function integerOption<Name extends string>(
  options: NumberOption<Name>,
  name: Name,
  fallback: number,
  most: number,
): number {
  const value: unknown = options[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number') {
    throw new TypeError(`option ${name}: ${describe(value)} is not a number`);
  }
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new RangeError(`option ${name}: ${value} is not an integer from 0 to ${most}`);
  }
  return value;
}

/**
 * Refuses options that nobody would read.
 *
 * @throws {TypeError} `options` is not an object, or has an option that is not in `known`; the
 * message names the nearest known one
 */
export function refuseUnknownOptions(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options: ${describe(options)} is not an object`);
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const hint = nearest(name, known);
    throw new TypeError(`option ${name} is not known; did you mean ${hint}?`);
  }
}

/** A value in an error message: short, and never its own `toString`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return String(value);
  }
  return Object.prototype.toString.call(value);
}

function nearest(name: string, known: readonly string[]): string {
  const distances = known.map((other) => [editDistance(name, other), other] as const);
  return distances.reduce((best, next) => (next[0] < best[0] ? next : best))[1];
}

/** Levenshtein distance, upper and lower case being the same. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1]!.toLowerCase() === right[j - 1]!.toLowerCase();
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length]!;
}

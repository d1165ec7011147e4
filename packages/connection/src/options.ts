import { isAbortSignal } from './support/abort-listeners';
import type { LivenessSettings } from './lifecycle/keep-alive';

/** What to do about a peer that lets more than `maxBufferedAmount` pile up. */
export type SlowReaderPolicy = 'close' | 'drop' | 'none';

/** What both ends of a connection can be told. Every option may be left out or undefined. */
export interface ConnectionOptions {
  /** The longest message accepted, in bytes; a longer one fails the connection with 1009. Default 2²⁶ − 1. */
  maxLength?: number | undefined;
  /**
   * Bytes that may wait to be sent before `send()` returns false, and bytes of messages that may wait
   * for a listener before reading stops. Default 65,536.
   */
  highWaterMark?: number | undefined;
  /** Bytes that may wait to be sent before `slowReader` applies. Default Infinity. */
  maxBufferedAmount?: number | undefined;
  /**
   * What happens to a message that would make more than `maxBufferedAmount` wait: it is not sent and
   * the connection closes with 1013 (`'close'`, the default), it is not sent and counted in
   * `droppedMessages` (`'drop'`), or it waits all the same (`'none'`).
   */
  slowReader?: SlowReaderPolicy | undefined;
  /**
   * Milliseconds that the closing handshake and the end of the transport may take, from the first
   * closing frame on; then the transport is destroyed. Default 30,000.
   */
  closeTimeout?: number | undefined;
  /** Seconds of silence after which the peer is pinged. Default: never. */
  ping?: number | undefined;
  /** Milliseconds that the peer may stay silent after a ping before it is given up. Default 30,000. */
  pingTimeout?: number | undefined;
  /** Milliseconds without a message in either direction before the connection is ended. Default: any number. */
  idleTimeout?: number | undefined;
  /** Ends the connection when it aborts, as `terminate()` does. */
  signal?: AbortSignal | undefined;
}

/** The options of a connection with every default filled in. */
export interface ConnectionSettings extends LivenessSettings {
  readonly maxLength: number;
  readonly highWaterMark: number;
  readonly maxBufferedAmount: number;
  readonly slowReader: SlowReaderPolicy;
  readonly closeTimeout: number;
  readonly signal: AbortSignal | null;
}

const SLOW_READER_POLICIES: readonly SlowReaderPolicy[] = ['close', 'drop', 'none'];

/** The longest delay that a timer takes. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The names of all options that `connectionSettings` reads. */
export const CONNECTION_OPTIONS: readonly string[] = [
  'maxLength',
  'highWaterMark',
  'maxBufferedAmount',
  'slowReader',
  'closeTimeout',
  'ping',
  'pingTimeout',
  'idleTimeout',
  'signal',
];

/**
 * Checks the options of a connection and fills in the defaults.
 *
 * @throws {TypeError} an option has the wrong type
 * @throws {RangeError} an option is outside of what is allowed
 * @throws the reason of `signal`, if it has aborted already
 */
export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  return {
    maxLength: integerOption(options, 'maxLength', sizeOf(2 ** 26 - 1)),
    highWaterMark: integerOption(options, 'highWaterMark', sizeOf(65_536)),
    maxBufferedAmount: limitOption(options, 'maxBufferedAmount'),
    slowReader: slowReaderOption(options),
    closeTimeout: timeoutOption(options, 'closeTimeout', 30_000),
    pingInterval: pingOption(options),
    pingTimeout: timeoutOption(options, 'pingTimeout', 30_000),
    idleTimeout:
      options.idleTimeout === undefined ? Infinity : timeoutOption(options, 'idleTimeout', 0),
    signal: signalOption(options),
  };
}

/** A number of bytes. */
function sizeOf(fallback: number): IntegerRange {
  return { fallback, least: 0, most: Number.MAX_SAFE_INTEGER };
}

/** Like an integer option, but Infinity is allowed and the default. */
function limitOption(options: ConnectionOptions, name: 'maxBufferedAmount'): number {
  if (options[name] === Infinity) return Infinity;
  return integerOption(options, name, sizeOf(Infinity));
}

function slowReaderOption({ slowReader = 'close' }: ConnectionOptions): SlowReaderPolicy {
  if (SLOW_READER_POLICIES.includes(slowReader)) return slowReader;
  throw new TypeError(
    `option slowReader: ${describe(slowReader)} is none of ${SLOW_READER_POLICIES.join(', ')}`,
  );
}

/** In milliseconds. */
function pingOption({ ping }: ConnectionOptions): number {
  if (ping === undefined) return Infinity;
  if (typeof ping !== 'number') {
    throw new TypeError(`option ping: ${describe(ping)} is not a number of seconds`);
  }
  const most = Math.floor(LONGEST_TIMEOUT / 1000);
  if (ping > 0 && ping <= most) return ping * 1000;
  throw new RangeError(`option ping: ${ping} is not more than 0 and at most ${most} seconds`);
}

function signalOption({ signal }: ConnectionOptions): AbortSignal | null {
  if (signal === undefined) return null;
  if (!isAbortSignal(signal)) {
    throw new TypeError(`option signal: ${describe(signal)} is not an AbortSignal`);
  }
  signal.throwIfAborted();
  return signal;
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
  return integerOption(options, name, { fallback, least: 0, most: LONGEST_TIMEOUT });
}

/** What an integer may be, and is when it is left out. */
export interface IntegerRange {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Reads an option that is an integer.
 *
 * @throws {TypeError} it is not a number
 * @throws {RangeError} it is not an integer, or out of range
 */
export function integerOption<Name extends string>(
  options: NumberOption<Name>,
  name: Name,
  { fallback, least, most }: IntegerRange,
): number {
  const value: unknown = options[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number') {
    throw new TypeError(`option ${name}: ${describe(value)} is not a number`);
  }
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`option ${name}: ${value} is not an integer from ${least} to ${most}`);
  }
  return value;
}

type NumberOption<Name extends string> = { readonly [name in Name]?: number | undefined };

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

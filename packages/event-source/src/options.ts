import {
  booleanOption,
  integerOption,
  isNone,
  knownOptions,
  numberOption,
  timeoutOption,
} from '@ws/common';
import type { IntegerRange } from '@ws/common';
import type { HeaderInput } from '@ws/handshake';
import { checkedHeaders, type HeaderEntry } from './response-head';

/** What an EventSource can be told. Every option may be left out, undefined or null. */
export interface EventSourceOptions {
  /** Headers for the response, beside its own. Default: none. */
  headers?: HeaderInput | null | undefined;
  /** Seconds from one ping to the next, 3,600 at most; 0 or false: there are none. Default 10. */
  ping?: number | false | null | undefined;
  /**
   * Seconds that the client is to wait before it connects again, 3,600 at most; false: as long as it
   * likes. Default 5.
   */
  retry?: number | false | null | undefined;
  /** Bytes that may wait to be sent before `send()` returns false. Default 65,536. */
  highWaterMark?: number | null | undefined;
  /**
   * Bytes that may wait to be sent before the response is destroyed. A single message may be longer,
   * while nothing else waits. Default 16,777,216; Infinity: any number.
   */
  maxBufferedAmount?: number | null | undefined;
  /** Milliseconds that the client may take for what waits after `close()`. Default 30,000. */
  closeTimeout?: number | null | undefined;
  /**
   * Whether a proxy's `X-Forwarded-Proto` and `X-Forwarded-Host`, or its element of `Forwarded`, tell what URL the client
   * asked for. Default false: anybody can send them.
   */
  trustProxy?: boolean | null | undefined;
}

/** The options with every default filled in. */
export interface EventSourceSettings {
  readonly headers: readonly HeaderEntry[];
  /** In milliseconds; null: never. */
  readonly ping: number | null;
  /** In milliseconds; null: nothing is said of it. */
  readonly retry: number | null;
  readonly highWaterMark: number;
  readonly maxBufferedAmount: number;
  readonly closeTimeout: number;
  readonly trustProxy: boolean;
}

/** The names of all options. */
export const EVENT_SOURCE_OPTIONS: readonly string[] = [
  'headers',
  'ping',
  'retry',
  'highWaterMark',
  'maxBufferedAmount',
  'closeTimeout',
  'trustProxy',
];
const KNOWN: ReadonlySet<string> = new Set(EVENT_SOURCE_OPTIONS);

/** In seconds. A longer one was meant in milliseconds. */
const LONGEST = 3600;

/**
 * Checks the options; the result shares nothing with them.
 *
 * @throws {TypeError} an option is unknown or has the wrong type, or a header cannot be sent
 * @throws {RangeError} a number is out of range
 */
export function eventSourceSettings(
  given: EventSourceOptions | null | undefined,
): EventSourceSettings {
  const options = knownOptions(given, KNOWN);
  return {
    headers: isNone(options.headers) ? [] : checkedHeaders(options.headers),
    ping: secondsOption(options, 'ping', 10) || null,
    retry: secondsOption(options, 'retry', 5),
    highWaterMark: integerOption(options, 'highWaterMark', sizeOf(65_536)),
    maxBufferedAmount: integerOption(options, 'maxBufferedAmount', {
      ...sizeOf(2 ** 24),
      unlimited: true,
    }),
    closeTimeout: timeoutOption(options, 'closeTimeout', 30_000),
    trustProxy: booleanOption(options, 'trustProxy'),
  };
}

/** A number of bytes. */
function sizeOf(fallback: number): IntegerRange {
  return { fallback, least: 0, most: Number.MAX_SAFE_INTEGER };
}

/** Seconds as milliseconds; null for false. */
function secondsOption(
  options: EventSourceOptions,
  name: 'ping' | 'retry',
  fallback: number,
): number | null {
  if (options[name] === false) return null;
  const seconds = numberOption(options, name, 'a number of seconds') ?? fallback;
  if (seconds >= 0 && seconds <= LONGEST) return Math.floor(seconds * 1000);
  throw new RangeError(`option ${name}: ${seconds} is not from 0 to ${LONGEST} seconds`);
}

/**
 * What the application can ask for: checked at the door, with every default filled in. Nothing is
 * negotiated here.
 */
import {
  booleanOption,
  DEFLATE_ELSEWHERE,
  integerOption,
  knownOptions,
  timeoutOption,
} from '@ws/common';
import type { IntegerRange } from '@ws/common';
import { ZLIB } from './node-zlib';

/** Every option may be left out, undefined or null. */
export interface DeflateOptions {
  /** From 0 (none) over 1 (fastest) to 9 (smallest), or -1 for zlib's own choice, which is 6. Default 3. */
  level?: number | null | undefined;
  /** What a compressor may take for its tables, from 1 to 9: 2^(memLevel + 9) bytes. Default 8. */
  memLevel?: number | null | undefined;
  /** One of zlib's strategies, such as `constants.Z_FILTERED`. Default `Z_DEFAULT_STRATEGY`. */
  strategy?: number | null | undefined;
  /** Messages of fewer bytes are sent as they are. Default 1024. */
  threshold?: number | null | undefined;
  /** Whether the server compresses each message by itself. Default true; false asks for takeover. */
  serverNoContextTakeover?: boolean | null | undefined;
  /** Whether the client compresses each message by itself. Default true; false asks for takeover. */
  clientNoContextTakeover?: boolean | null | undefined;
  /** The base-2 logarithm of how far back the server's messages may refer, 8 to 15. Default 15. */
  serverMaxWindowBits?: number | null | undefined;
  /** The same for the client's messages, where the client can be told. Default 15. */
  clientMaxWindowBits?: number | null | undefined;
  /**
   * The base-2 logarithm of how far back what this end sends refers to its earlier messages, 8 to 15, and never farther than
   * was agreed. Default 13.
   */
  takeoverWindowBits?: number | null | undefined;
  /**
   * Bytes that all connections of the process together may hold from one message to the next. Those
   * that would make it more are negotiated without context takeover. Default 64 MiB.
   */
  maxContextMemory?: number | null | undefined;
  /** Milliseconds without a message to send after which its context is given up. Default 30,000; Infinity: never. */
  contextIdleTimeout?: number | null | undefined;
}

/** The options with every default filled in. */
export type DeflateSettings = {
  readonly [Name in keyof DeflateOptions]-?: NonNullable<DeflateOptions[Name]>;
};

const WINDOW_BITS: IntegerRange = { fallback: 15, least: 8, most: 15 };
const BYTES = { least: 0, most: Number.MAX_SAFE_INTEGER };

/** The last that does not look for a longer likeness: a tenth more bytes than with zlib's 6 at most, in two thirds of the time. */
const LEVEL = 3;

/**
 * With takeover each connection has a window of its own, which is in no cache when its next message comes. A quarter of the
 * largest takes half the time to search, and makes messages of JSON 7 % longer.
 */
const TAKEOVER_WINDOW_BITS = 13;

const INTEGERS = {
  level: { fallback: LEVEL, least: ZLIB.Z_DEFAULT_COMPRESSION, most: 9 },
  memLevel: { fallback: ZLIB.Z_DEFAULT_MEMLEVEL, least: 1, most: 9 },
  strategy: { fallback: ZLIB.Z_DEFAULT_STRATEGY, least: 0, most: ZLIB.Z_FIXED },
  threshold: { fallback: 1024, ...BYTES },
  serverMaxWindowBits: WINDOW_BITS,
  clientMaxWindowBits: WINDOW_BITS,
  takeoverWindowBits: { ...WINDOW_BITS, fallback: TAKEOVER_WINDOW_BITS },
  maxContextMemory: { fallback: 64 * 2 ** 20, ...BYTES },
} as const satisfies Record<string, IntegerRange>;

const CONTEXT_IDLE_TIMEOUT = 30_000;

const BOOLEANS = ['serverNoContextTakeover', 'clientNoContextTakeover'] as const;

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(INTEGERS),
  'contextIdleTimeout',
  ...BOOLEANS,
]);

/**
 * Checks the options and fills in the defaults.
 *
 * @param prefix what stands before an option's name in error messages, such as `deflate.`
 * @throws {TypeError} an option is unknown, or has the wrong type
 * @throws {RangeError} an option is outside of what is allowed
 */
export function deflateSettings(given: DeflateOptions | null, prefix: string): DeflateSettings {
  const options = knownOptions(given, KNOWN, { prefix, elsewhere: DEFLATE_ELSEWHERE });
  const integer = (name: keyof typeof INTEGERS): number =>
    integerOption(options, name, INTEGERS[name], prefix);
  const boolean = (name: (typeof BOOLEANS)[number]): boolean =>
    booleanOption(options, name, true, prefix);
  return {
    level: integer('level'),
    memLevel: integer('memLevel'),
    strategy: integer('strategy'),
    threshold: integer('threshold'),
    serverNoContextTakeover: boolean('serverNoContextTakeover'),
    clientNoContextTakeover: boolean('clientNoContextTakeover'),
    serverMaxWindowBits: integer('serverMaxWindowBits'),
    clientMaxWindowBits: integer('clientMaxWindowBits'),
    takeoverWindowBits: integer('takeoverWindowBits'),
    maxContextMemory: integer('maxContextMemory'),
    contextIdleTimeout: timeoutOption(
      options,
      'contextIdleTimeout',
      CONTEXT_IDLE_TIMEOUT,
      1,
      prefix,
    ),
  };
}

import { constants } from 'node:buffer';
import {
  choiceOption,
  integerOption,
  isNone,
  numberOption,
  optional,
  timeoutOption,
} from '@ws/common';
import type { IntegerRange } from '@ws/common';
import { isAbortSignal } from './support/abort-listeners';
import type { KeepAliveSettings } from './lifecycle/keep-alive';
import type { TextType } from './receiving/message-data';

/** What to do about a peer that lets more than `maxBufferedAmount` pile up. */
export type SlowReaderPolicy = 'close' | 'drop' | 'none';

/** When messages that arrived together are delivered. */
export type DeliveryPolicy = 'sync' | 'turn';

/** What both ends of a connection can be told. Every option may be left out, undefined or null. */
export interface ConnectionOptions {
  /**
   * The longest message accepted, in bytes; a longer one fails the connection with 1009. Default 2²⁶ − 1;
   * Infinity: the longest that Node can hold in one Buffer.
   */
  maxLength?: number | null | undefined;
  /** As `maxLength`, of a message that `messages()` hands over as it arrives. Default Infinity: any number. */
  maxStreamedLength?: number | null | undefined;
  /**
   * Bytes that may wait to be sent before `send()` returns false, and bytes of messages that may wait
   * for a listener before reading stops. Default 65,536.
   */
  highWaterMark?: number | null | undefined;
  /**
   * Bytes that may wait to be sent before `slowReader` applies. A single message may be longer, while
   * nothing else waits. Default 16,777,216; Infinity: any number.
   */
  maxBufferedAmount?: number | null | undefined;
  /**
   * What happens to a message that would make more than `maxBufferedAmount` wait: it is not sent and
   * the connection closes with 1013 (`'close'`, the default), it is not sent and counted in
   * `droppedMessages` (`'drop'`), or it waits all the same (`'none'`).
   */
  slowReader?: SlowReaderPolicy | null | undefined;
  /**
   * Milliseconds that the closing handshake and the end of the transport may take, from the first
   * closing frame on; then the transport is destroyed. Default 30,000.
   */
  closeTimeout?: number | null | undefined;
  /** Seconds of silence after which the peer is pinged, 3,600 at most. Default, and 0: never. */
  ping?: number | null | undefined;
  /** The same in milliseconds: one of the two may be given. Default, 0 and Infinity: never. */
  pingInterval?: number | null | undefined;
  /** Milliseconds that the peer may stay silent after a ping before it is given up. Default 30,000; Infinity: any number. */
  pingTimeout?: number | null | undefined;
  /**
   * Milliseconds without a message, or any bytes of one, in either direction before the connection is
   * ended; they do not run while the application has paused. Default: any number.
   */
  idleTimeout?: number | null | undefined;
  /**
   * Milliseconds that messages wait for a listener, from the first of them on; then they are dropped, and
   * what comes is dropped as it comes, until somebody listens. Default 5,000; Infinity: any number; 0: they
   * are not kept at all.
   */
  unheardTimeout?: number | null | undefined;
  /**
   * When messages that arrived together are delivered: one right after the other (`'sync'`, the default),
   * or each in a turn of the event loop of its own (`'turn'`), so that what awaits one message has gone on,
   * and listens again, before the next comes.
   */
  delivery?: DeliveryPolicy | null | undefined;
  /**
   * How text is handed over: decoded (`'string'`, the default), or as a `TextBuffer` of the UTF-8 that it came
   * in (`'buffer'`), checked but not decoded. `binaryType` has no say over text.
   */
  textType?: TextType | null | undefined;
  /** Ends the connection when it aborts, as `terminate()` does. */
  signal?: AbortSignal | null | undefined;
}

/** The options of a connection with every default filled in. */
export interface ConnectionSettings extends KeepAliveSettings {
  readonly maxLength: number;
  readonly maxStreamedLength: number;
  readonly highWaterMark: number;
  readonly maxBufferedAmount: number;
  readonly slowReader: SlowReaderPolicy;
  readonly closeTimeout: number;
  readonly unheardTimeout: number;
  readonly delivery: DeliveryPolicy;
  readonly textType: TextType;
  readonly signal: AbortSignal | null;
}

/** In bytes, with room for what an extension adds on the wire; no Buffer is longer. */
const LONGEST_MESSAGE = constants.MAX_LENGTH - 2 ** 25;

/** In seconds. A longer one was meant in milliseconds. */
const LONGEST_PING = 3600;

const SLOW_READER_POLICIES: readonly SlowReaderPolicy[] = ['close', 'drop', 'none'];
const DELIVERY_POLICIES: readonly DeliveryPolicy[] = ['sync', 'turn'];
const TEXT_TYPES: readonly TextType[] = ['string', 'buffer'];

/** The names of all options that `connectionSettings` reads. */
export const CONNECTION_OPTIONS: readonly string[] = [
  'maxLength',
  'maxStreamedLength',
  'highWaterMark',
  'maxBufferedAmount',
  'slowReader',
  'closeTimeout',
  'ping',
  'pingInterval',
  'pingTimeout',
  'idleTimeout',
  'unheardTimeout',
  'delivery',
  'textType',
  'signal',
];

/**
 * Checks the options of a connection and fills in the defaults.
 *
 * @throws {TypeError} an option has the wrong type
 * @throws {RangeError} an option is outside of what is allowed
 */
export function connectionSettings(options: ConnectionOptions): ConnectionSettings {
  return {
    maxLength: maxLengthOption(options),
    maxStreamedLength: integerOption(options, 'maxStreamedLength', limitOf(Infinity)),
    highWaterMark: integerOption(options, 'highWaterMark', sizeOf(65_536)),
    maxBufferedAmount: integerOption(options, 'maxBufferedAmount', limitOf(2 ** 24)),
    slowReader: choiceOption(options, 'slowReader', SLOW_READER_POLICIES) ?? 'close',
    closeTimeout: timeoutOption(options, 'closeTimeout', 30_000),
    pingInterval: pingIntervalOption(options),
    pingTimeout: timeoutOption(options, 'pingTimeout', 30_000),
    unheardTimeout: timeoutOption(options, 'unheardTimeout', 5000, 0),
    delivery: choiceOption(options, 'delivery', DELIVERY_POLICIES) ?? 'sync',
    textType: choiceOption(options, 'textType', TEXT_TYPES) ?? 'string',
    idleTimeout: timeoutOption(options, 'idleTimeout', Infinity),
    signal: optional(options, 'signal', 'an AbortSignal', isAbortSignal) ?? null,
  };
}

/** A number of bytes. */
function sizeOf(fallback: number): IntegerRange {
  return { fallback, least: 0, most: Number.MAX_SAFE_INTEGER };
}

/** The same, or Infinity. */
function limitOf(fallback: number): IntegerRange {
  return { ...sizeOf(fallback), unlimited: true };
}

/** What is more than a Buffer can hold is refused in time, as too long. */
function maxLengthOption(options: ConnectionOptions): number {
  return Math.min(integerOption(options, 'maxLength', limitOf(2 ** 26 - 1)), LONGEST_MESSAGE);
}

/** In milliseconds, however it was given. */
function pingIntervalOption(options: ConnectionOptions): number {
  const { ping, pingInterval } = options;
  if (isNever(ping)) {
    return isNever(pingInterval) ? Infinity : timeoutOption(options, 'pingInterval', Infinity);
  }
  if (!isNever(pingInterval)) {
    throw new TypeError('option ping: it cannot be used together with option pingInterval');
  }
  const seconds = numberOption(options, 'ping', 'a number of seconds')!;
  if (seconds > 0 && seconds <= LONGEST_PING) return seconds * 1000;
  throw new RangeError(
    `option ping: ${seconds} is not more than 0 and at most ${LONGEST_PING} seconds; milliseconds are what pingInterval takes`,
  );
}

/** Whether the peer is not to be pinged. */
function isNever(value: unknown): boolean {
  return isNone(value) || value === 0;
}

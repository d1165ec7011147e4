import { booleanOption, knownOptions, optional, SEND_ELSEWHERE } from '@ws/common';
import { isAbortSignal } from '../support/abort-listeners';

/** How to send one message. */
export interface SendOptions {
  /**
   * Whether extensions may compress the message. Default true: they do what they were told to do when
   * the connection was made.
   */
  compress?: boolean | null | undefined;
}

const SEND_OPTIONS: ReadonlySet<string> = new Set(['compress']);
const HELP = { elsewhere: SEND_ELSEWHERE };

/** @throws {TypeError} an option is unknown or not a boolean */
export function compressOption(options: SendOptions | null): boolean {
  return booleanOption(knownOptions(options, SEND_OPTIONS, HELP), 'compress', true);
}

/** How to send one message in parts. */
export interface SendStreamOptions extends SendOptions {
  /**
   * Whether the message is text: strings, and bytes that are UTF-8. If false it is binary, and strings are
   * sent as UTF-8. Default: text if the first chunk is a string.
   */
  text?: boolean | null | undefined;
  /** Ends the message when it aborts: as if the source had failed with the signal's reason. */
  signal?: AbortSignal | null | undefined;
}

const STREAM_OPTIONS: ReadonlySet<string> = new Set(['text', 'compress', 'signal']);

/** What was said of a message in parts. */
export interface StreamSettings {
  /** Null: the first chunk decides. */
  readonly text: boolean | null;
  readonly compress: boolean;
  readonly signal: AbortSignal | null;
}

/** @throws {TypeError} an option is unknown, or of another type */
export function streamSettings(given: SendStreamOptions | null): StreamSettings {
  const options = knownOptions(given, STREAM_OPTIONS);
  return {
    text: (options.text ?? null) === null ? null : booleanOption(options, 'text'),
    compress: booleanOption(options, 'compress', true),
    signal: optional(options, 'signal', 'an AbortSignal', isAbortSignal) ?? null,
  };
}

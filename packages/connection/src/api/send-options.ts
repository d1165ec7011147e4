import { booleanOption, refuseUnknownOptions } from '@ws/common';

/** How to send one message. */
export interface SendOptions {
  /**
   * Whether extensions may compress the message. Default true: they do what they were told to do when
   * the connection was made.
   */
  compress?: boolean | undefined;
}

const SEND_OPTIONS: ReadonlySet<string> = new Set(['compress']);

/** @throws {TypeError} an option is unknown or not a boolean */
export function compressOption(options: SendOptions): boolean {
  refuseUnknownOptions(options, SEND_OPTIONS);
  return booleanOption(options, 'compress', true);
}

import { describe, refuseUnknownOptions } from '../options';

/** How to send one message. */
export interface SendOptions {
  /**
   * Whether extensions may compress the message. Default true: they do what they were told to do when
   * the connection was made.
   */
  compress?: boolean | undefined;
}

const SEND_OPTIONS = ['compress'];

/** @throws {TypeError} an option is unknown or not a boolean */
export function compressOption(options: SendOptions): boolean {
  refuseUnknownOptions(options, SEND_OPTIONS);
  const { compress = true } = options;
  if (typeof compress === 'boolean') return compress;
  throw new TypeError(`option compress: ${describe(compress)} is not a boolean`);
}

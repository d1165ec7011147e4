/** How an opening handshake went: there is a conversation to be had, or there is a verdict already. */
import { LONGEST_HEAD, splitHead } from '../wire/head';
import type { Head } from '../wire/head';
import type { Channel } from './channel';
import type { Conversation } from './conversation';
import type { Verdict } from './judge';

export type Opened = { readonly conversation: Conversation } | { readonly verdict: Verdict };

export function failed(reason: string): { verdict: Verdict } {
  return { verdict: { behavior: 'FAILED', closing: 'FAILED', reason } };
}

export function unimplemented(reason: string): { verdict: Verdict } {
  return { verdict: { behavior: 'UNIMPLEMENTED', closing: 'UNIMPLEMENTED', reason } };
}

export const NO_DEFLATE: { verdict: Verdict } = unimplemented(
  'permessage-deflate was not agreed on',
);

/** What has come of a head, and behind it: growing until the conversation takes over. */
export class HeadReader {
  readonly #channel: Channel;
  #octets: Buffer = Buffer.alloc(0);

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.onOctets = (octets) => {
      this.#octets = Buffer.concat([this.#octets, octets]);
    };
  }

  get length(): number {
    return this.#octets.length;
  }

  /** The head, and what came behind it; undefined when it does not come. */
  async read(patience: number): Promise<{ head: Head; rest: Buffer } | undefined> {
    const settled = (): boolean =>
      this.#channel.ended ||
      this.#octets.length > LONGEST_HEAD ||
      this.#octets.includes('\r\n\r\n');
    await this.#channel.until(settled, patience);
    return splitHead(this.#octets);
  }

  /** What came behind `offset`, when there are `count` octets there; undefined when they do not come. */
  async behind(offset: number, count: number, patience: number): Promise<Buffer | undefined> {
    const there = (): boolean => this.#octets.length >= offset + count;
    await this.#channel.until(() => there() || this.#channel.ended, patience);
    return there() ? this.#octets.subarray(offset) : undefined;
  }
}

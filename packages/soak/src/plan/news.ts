/**
 * What the server publishes to all that have subscribed: numbered, so that who subscribes sees whether one is missing,
 * or comes twice. No message of a conversation begins like it.
 */

const HEAD = 'news ';
const REST = ' '.padEnd(400, 'of the server, for all who have subscribed; ');

export function newsOf(number: number): string {
  return `${HEAD}${number}${REST}`;
}

export class NewsReader {
  /** The one that is due; null until the first one has come. */
  #next: number | null = null;

  /** Whether a message is the news that are due, others, or none. */
  take(data: unknown): 'due' | 'wrong' | 'none' {
    if (typeof data !== 'string' || !data.startsWith(HEAD)) return 'none';
    const number = this.#next ?? Number.parseInt(data.slice(HEAD.length), 10);
    this.#next = number + 1;
    return data === newsOf(number) ? 'due' : 'wrong';
  }
}

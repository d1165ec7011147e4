/**
 * Who the browsers are that have loaded the page: a cookie each, and a name that goes with it. They are in memory, and the
 * oldest is forgotten when there are too many.
 */
import { randomBytes, randomInt } from 'node:crypto';

export const SESSION_COOKIE = 'demo-session';

const MOST = 10_000;
const IN_HEADER = new RegExp(`(?:^|;) *${SESSION_COOKIE}=([\\w-]+)`);
const COLOURS = ['Amber', 'Blue', 'Coral', 'Green', 'Indigo', 'Lilac', 'Olive', 'Red', 'Silver'];
const ANIMALS = ['Badger', 'Crane', 'Fox', 'Hare', 'Heron', 'Lynx', 'Otter', 'Owl', 'Seal', 'Wren'];

export class Sessions {
  readonly #names = new Map<string, string>();

  /** The name that goes with a cookie; undefined when there is no such session, or no cookie. */
  nameOf(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.#names.get(id);
  }

  /**
   * What a page is answered with.
   *
   * @param cookies the header of the request
   * @returns Set-Cookie with a new session; nothing when there is one already
   */
  headersFor(cookies = ''): Record<string, string> {
    if (this.nameOf(IN_HEADER.exec(cookies)?.[1]) !== undefined) return {};
    return { 'Set-Cookie': `${SESSION_COOKIE}=${this.#begin()}; Path=/; HttpOnly; SameSite=Lax` };
  }

  #begin(): string {
    const id = randomBytes(18).toString('base64url');
    this.#names.set(id, `${oneOf(COLOURS)} ${oneOf(ANIMALS)}`);
    const [oldest] = this.#names.keys();
    if (this.#names.size > MOST) this.#names.delete(oldest!);
    return id;
  }
}

function oneOf(words: readonly string[]): string {
  return words[randomInt(words.length)]!;
}

/** The database of the examples, which answers later, as databases do. */
import { setImmediate } from 'node:timers/promises';

export interface User {
  readonly id: string;
  readonly name: string;
  /** Where the user may talk. */
  readonly rooms: readonly string[];
}

const USERS = new Map<string, User>([
  ['1', { id: '1', name: 'Ada', rooms: ['lobby', 'engines'] }],
  ['2', { id: '2', name: 'Bob', rooms: ['lobby'] }],
]);

/** The tokens of the links that were mailed to the users, to log in with. */
const LINKS = new Map([
  ['adas-link', '1'],
  ['bobs-link', '2'],
]);

export const users = {
  /** The user who got this token; undefined if nobody did. */
  async withToken(token: unknown): Promise<User | undefined> {
    return users.find(LINKS.get(String(token)));
  },

  /** The user with this id; undefined if there is none. */
  async find(
    id: string | undefined,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<User | undefined> {
    await setImmediate(undefined, signal && { signal });
    return id === undefined ? undefined : USERS.get(id);
  },
};

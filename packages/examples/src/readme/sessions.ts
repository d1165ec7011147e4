/** What stands for the application's own sessions, in a database or elsewhere. */
const USERS: ReadonlyMap<string, string> = new Map([
  ['sid-of-ada', 'Ada'],
  ['sid-of-bob', 'Bob'],
]);

export const sessions = {
  /** Whose session it is; undefined if there is none. */
  async find(
    id: string | undefined,
    { signal }: { signal: AbortSignal },
  ): Promise<string | undefined> {
    signal.throwIfAborted();
    return Promise.resolve(id === undefined ? undefined : USERS.get(id));
  },
};

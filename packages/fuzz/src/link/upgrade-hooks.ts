/** What an `upgrade` hook may do, well or not, by its name. */
import { refuse, type HookResult, type UpgradeHook } from '@ws/server';
import { turn } from './steps';

/** What no client may see. */
export const SECRET = 'the secret of a hook';

export type HookName =
  | 'accepts'
  | 'accepts later'
  | 'chooses a subprotocol'
  | 'closes'
  | 'refuses'
  | 'refuses later, by throwing'
  | 'throws'
  | 'rejects'
  | 'never settles'
  | 'settles twice'
  | 'answers nonsense'
  | 'has a header that cannot be sent'
  | 'has an option that cannot be';

type Hook = UpgradeHook<unknown, string>;

export const HOOKS: Readonly<Record<HookName, Hook>> = {
  accepts: () => undefined,
  'accepts later': async () => {
    await turn();
    return { data: 1, topics: ['a', 'a', 'b'], headers: { 'Set-Cookie': ['a=1', 'b=2'] } };
  },
  'chooses a subprotocol': ({ protocols }) => ({ protocol: protocols.at(-1) ?? 'none' }),
  closes: () => ({ closeWith: { code: 4401, reason: 'not today' } }),
  refuses: () => refuse(401, 'who is it?', { 'X-Reason': 'unknown' }),
  'refuses later, by throwing': async () => {
    await turn();
    throw refuse(403);
  },
  throws: () => {
    throw new Error(SECRET);
  },
  rejects: () => Promise.reject(new Error(SECRET)),
  'never settles': () => new Promise(() => undefined),
  'settles twice': () => ({
    then(resolve) {
      resolve?.(undefined);
      resolve?.(refuse(403));
      throw new Error(SECRET);
    },
  }),
  'answers nonsense': () => SECRET as HookResult<unknown>,
  'has a header that cannot be sent': () => ({ headers: { [`a\r\n${SECRET}`]: 'b' } }),
  'has an option that cannot be': () => ({ options: { maxLength: -1 } }),
};

export const HOOK_NAMES: readonly HookName[] = Object.keys(HOOKS) as HookName[];

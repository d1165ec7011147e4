/** What an `upgrade` hook answers. */
import { describe, isNone, knownOptions } from '@ws/common';
import { closeArguments, SERVER } from '@ws/connection';
import { headerEntries } from '@ws/handshake';
import type { HeaderInput } from '@ws/handshake';
import type { ServerOptions } from '../options';
import { RefusedError } from '../refused-error';
import { checkTopics } from './server-socket';
import type { UpgradeContext } from './upgrade-context';

/** How a client is accepted. Everything may be left out. */
export interface Acceptance<Data> {
  /** What `ws.data` is. Default: undefined. */
  data?: Data;
  /** The subprotocol, one that the client offers. Default: the first of the client's that is in the option `protocols`. */
  protocol?: string | undefined;
  /** More headers for the response, such as Set-Cookie; they come on top of those of the server's options. */
  headers?: HeaderInput | undefined;
  /** Topics that the connection has subscribed to when it opens. */
  topics?: readonly string[] | undefined;
  /** Options of this connection that differ from the server's. */
  options?: Omit<ServerOptions, 'trustProxy'> | undefined;
  /** Accepts, and closes at once: the only refusal that a script in a browser can read. */
  closeWith?: CloseWith | undefined;
}

/** How a connection is closed: a code that a server may send, and at most 123 bytes of UTF-8. */
export interface CloseWith {
  readonly code: number;
  readonly reason?: string | undefined;
}

/** What a hook returns: how the client is accepted, or refused. Nothing accepts it. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a function without `return` is a hook, too
export type HookResult<Data> = Acceptance<Data> | RefusedError | undefined | void;

/** Decides about a client. */
export type UpgradeHook<Data, Path extends string> = (
  context: UpgradeContext<Path>,
) => HookResult<Data> | PromiseLike<HookResult<Data>>;

const MEMBERS: ReadonlySet<string> = new Set([
  'data',
  'protocol',
  'headers',
  'topics',
  'options',
  'closeWith',
]);
const HELP = { prefix: 'acceptance.', otherwise: 'what is yours belongs into data' };
const CLOSE_WITH: ReadonlySet<string> = new Set(['code', 'reason']);

/**
 * What a hook has returned, checked as far as this can be done without the request. Null and false accept nobody: the one is
 * what a look-up has not found, the other what a hook of `ws` refuses with.
 *
 * @throws {TypeError} it is neither an acceptance nor what `refuse()` makes, or a member is of no use; the message says which
 */
export function checkedResult<Data>(result: unknown): Acceptance<Data> | RefusedError {
  if (result === undefined) return {};
  if (result instanceof RefusedError) return result;
  if (typeof result !== 'object' || result === null) {
    throw new TypeError(
      `the upgrade hook returned ${describe(result)}: return refuse(status), { data }, or nothing, which accepts`,
    );
  }
  const acceptance = knownOptions<Acceptance<Data>>(result, MEMBERS, HELP);
  for (const [name, check] of Object.entries(CHECKS)) {
    const value: unknown = Reflect.get(acceptance, name);
    if (!isNone(value)) checkMember(name, () => check(value));
  }
  return acceptance;
}

/**
 * Checks a member of an acceptance.
 *
 * @throws {TypeError} whatever the check throws; the message begins with the member's name
 */
export function checkMember<Value>(name: string, check: () => Value): Value {
  try {
    return check();
  } catch (cause) {
    throw new TypeError(`acceptance.${name}: ${(cause as Error).message}`, { cause });
  }
}

const CHECKS: Readonly<Record<string, (value: unknown) => void>> = {
  protocol: (value) => {
    if (typeof value !== 'string') throw wrong(value, 'a string');
  },
  headers: (value) => headerEntries(value as HeaderInput, 'acceptance.headers'),
  topics: (value) => {
    if (!Array.isArray(value)) throw wrong(value, 'a list');
    checkTopics(value);
  },
  options: (value) => {
    if (typeof value !== 'object') throw wrong(value, 'an object');
    if (!isNone(Reflect.get(value!, 'trustProxy'))) {
      throw new TypeError('option trustProxy: it is an option of the whole WebSocketServer');
    }
  },
  closeWith: (value) => {
    if (typeof value !== 'object') throw wrong(value, 'an object');
    const { code, reason } = knownOptions(value as CloseWith, CLOSE_WITH);
    if (typeof code !== 'number') throw new TypeError(`code: ${describe(code)} is not a number`);
    if (!isNone(reason) && typeof reason !== 'string') throw wrong(reason, 'a string');
    closeArguments(SERVER, code, reason);
  },
};

function wrong(value: unknown, expected: string): TypeError {
  return new TypeError(`${describe(value)} is not ${expected}`);
}

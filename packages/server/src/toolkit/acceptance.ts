/** What an `upgrade` hook answers. */
import { describe, isNone, knownOptions } from '@ws/common';
import { closeArguments, SERVER } from '@ws/connection';
import type { HeaderInput } from '@ws/handshake';
import type { ServerOptions } from '../options';
import { RefusedError } from '../refused-error';
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
  options?: ServerOptions | undefined;
  /** Accepts, and closes at once: the only refusal that a script in a browser can read. */
  closeWith?: { readonly code: number; readonly reason?: string | undefined } | undefined;
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

/**
 * What a hook has returned, checked as far as this can be done here.
 *
 * @throws {TypeError} it is neither an acceptance nor what `refuse()` makes
 * @throws {DOMException} the code of `closeWith` may not be sent, or its reason is longer than 123 bytes
 */
export function checkedResult<Data>(result: unknown): Acceptance<Data> | RefusedError {
  if (isNone(result)) return {};
  if (result instanceof RefusedError) return result;
  if (typeof result !== 'object') {
    throw new TypeError(
      `the upgrade hook returned ${describe(result)}: return { data }, refuse(status), or nothing`,
    );
  }
  const acceptance = knownOptions<Acceptance<Data>>(result, MEMBERS, { prefix: 'acceptance.' });
  const { closeWith } = acceptance;
  if (closeWith !== undefined) closeArguments(SERVER, closeWith.code, closeWith.reason);
  return acceptance;
}

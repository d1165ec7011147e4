/**
 * Some peers keep their context although they were told not to (RFC 7692 §7.1.1): their second
 * message refers to the first one, which nobody has kept. The error says which option lets them.
 */
import { ExtensionError } from '@ws/extensions';
import { MOST_INFLATED_AT_ONCE } from './codec';
import type { Codec } from './codec';
import type { History } from './history';
import type { DeflateOptions } from './options';

/** The options that tell a peer not to keep its context. */
export type TakeoverOption = Extract<keyof DeflateOptions, `${string}NoContextTakeover`>;

const PARAMETERS: Record<TakeoverOption, string> = {
  serverNoContextTakeover: 'server_no_context_takeover',
  clientNoContextTakeover: 'client_no_context_takeover',
};

/** What zlib says of a reference to bytes that it does not have. */
const REFERS_TOO_FAR = 'invalid distance too far back';

/**
 * The error for a message that could not be restored.
 *
 * @param option which has told the peer not to keep its context; null if none has
 */
export function withTakeoverHint(error: unknown, option: TakeoverOption | null): unknown {
  if (option === null || !(error instanceof ExtensionError)) return error;
  if (!error.message.includes(REFERS_TOO_FAR)) return error;
  const hint = `the peer seems to ignore ${PARAMETERS[option]}; if it does, set ${option}: false`;
  return new ExtensionError(error.failure, `${error.message} (${hint})`, { cause: error });
}

/** `Codec.inflate` of a message, or of what it may become at once; what it throws has the hint. */
export function inflateAtOnce(
  { codec, toldBy }: { readonly codec: Codec; readonly toldBy: TakeoverOption | null },
  data: Uint8Array,
  maxBytes: number,
  history: History | null,
): Uint8Array | null {
  try {
    return codec.inflate(data, Math.min(maxBytes, MOST_INFLATED_AT_ONCE), history);
  } catch (error) {
    throw withTakeoverHint(error, toldBy);
  }
}

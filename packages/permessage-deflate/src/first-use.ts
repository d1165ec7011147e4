/**
 * What compresses is a file of its own, which is loaded when it is first used: most processes that load this package compress
 * nothing, and it takes longer to load than all the rest.
 */
import type { Extension } from '@ws/extensions';
import type { DeflateOptions } from './options';
import type * as Implementation from './permessage-deflate';

let loaded: typeof Implementation | null = null;

/**
 * The extension `permessage-deflate`, to be given to any number of connections, on either side.
 *
 * By default nothing is held for a connection from one message to the next. Messages up to 16 KiB
 * are worked on at once, longer ones by other threads.
 *
 * @param options see `DeflateOptions`
 * @param prefix what stands before an option's name in error messages, such as `deflate.`
 * @throws {TypeError} an option is unknown, or has the wrong type
 * @throws {RangeError} an option is outside of what is allowed
 */
export function permessageDeflate(options: DeflateOptions | null = null, prefix = ''): Extension {
  loaded ??= implementation();
  return loaded.permessageDeflate(options, prefix);
}

function implementation(): typeof Implementation {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` would be too late: options are checked at once
  return require('./permessage-deflate') as typeof Implementation;
}

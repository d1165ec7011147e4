/** One message for many connections: encoded once, and sent to each behind what it was sent before. */
import { describe, isNone, knownOptions } from '@ws/common';
import * as connection from '@ws/connection';
import type { Bytes, PreparedMessage, SendOptions } from '@ws/connection';
import { ServerSocket } from './server-socket';

/** Text as a string, or bytes; or a message that `prepare()` has made of it. */
export type PublishData = string | Bytes | PreparedMessage;

/** How to publish. Every option may be left out or undefined. */
export interface PublishOptions extends SendOptions {
  /** Those that are not sent the message: most often, the one that it came from. */
  except?: ServerSocket<unknown> | Iterable<ServerSocket<unknown>> | null | undefined;
}

/** How many connections a message was for, by what became of it. */
export interface Delivery {
  /** It was sent. (What is sent may still be lost with the connection.) */
  readonly sent: number;
  /** So much waits already that the message was not sent; see the option `slowReader`. */
  readonly dropped: number;
  /** The connection is closing. */
  readonly closed: number;
}

// What a package's index exports is looked up by a getter at every use: too dear for every receiver.
const { deliver: deliverTo, encodeToDeliver } = connection;

const NOBODY: ReadonlySet<never> = new Set<never>();
const OPTIONS: ReadonlySet<string> = new Set(['except', 'compress']);
type Receiver = ServerSocket<unknown>;

/**
 * @throws {TypeError} the data is neither a string nor bytes, or an option is unknown or has the wrong type
 */
export function deliver(
  receivers: ReadonlySet<Receiver>,
  data: PublishData,
  options?: PublishOptions | null,
): Delivery {
  const { except: spared, compress } = knownOptions(options, OPTIONS);
  const except = exceptions(spared);
  const message = encodeToDeliver(data, { compress });
  const delivery = { sent: 0, dropped: 0, closed: 0 };
  for (const ws of receivers) {
    if (!except.has(ws)) delivery[deliverTo(ws, message)]++;
  }
  return delivery;
}

/** @throws {TypeError} the option is neither a connection of a server nor several */
function exceptions(except: PublishOptions['except']): ReadonlySet<Receiver> {
  if (isNone(except)) return NOBODY;
  if (except instanceof ServerSocket) return new Set([except]);
  if (typeof except !== 'object' || !(Symbol.iterator in except)) throw noConnection(except);
  const several = except instanceof Set ? (except as ReadonlySet<Receiver>) : new Set(except);
  for (const each of several) if (!(each instanceof ServerSocket)) throw noConnection(each);
  return several;
}

function noConnection(given: unknown): TypeError {
  return new TypeError(
    `option except: ${describe(given)} is not a connection of a server, nor several`,
  );
}

/** Options of a server, and those of one of its connections on top of them. */
import { isNone } from '@ws/common';
import type { HeaderInput } from '@ws/handshake';
import type { ServerOptions } from '../options';

/** Two names of one option. */
const PINGS = ['ping', 'pingInterval'];

/** Those of `base` that `own` leaves out, undefined or null; and those of `own`. */
export function mergedOptions(base: ServerOptions, own: ServerOptions): ServerOptions {
  const given = Object.entries(own).filter(([, value]) => value !== undefined && value !== null);
  const kept = { ...base };
  if (given.some(([name]) => PINGS.includes(name))) {
    delete kept.ping;
    delete kept.pingInterval;
  }
  const headers = mergedHeaders(base.headers, own.headers);
  return { ...kept, ...Object.fromEntries(given), headers };
}

/** Headers of one name, in upper or lower case, are those that come last. */
export function mergedHeaders(...all: (HeaderInput | null | undefined | false)[]): HeaderInput {
  const merged = new Map<string, [name: string, value: HeaderInput[string]]>();
  for (const headers of all) {
    if (isNone(headers)) continue;
    for (const entry of Object.entries(headers)) merged.set(entry[0].toLowerCase(), entry);
  }
  return Object.fromEntries(merged.values());
}

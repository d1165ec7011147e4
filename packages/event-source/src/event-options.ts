/** What can be said of one event, checked at the door. */
import { describe, isNone, knownOptions } from '@ws/common';
import type { EventFields } from './event-stream';

/** What to send beside a message. */
export interface EventOptions {
  /** The type of the event that the client dispatches. Default `message`. No CR, LF or NUL. */
  event?: string | null | undefined;
  /**
   * What the client sends as `Last-Event-ID` when it connects again after this event; `''` for nothing.
   * Default: what it was before. No CR, LF or NUL.
   */
  id?: string | number | bigint | null | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set(['event', 'id']);
const NONE: EventFields = { event: '', id: null };
const FORBIDDEN = /[\r\n\0]/;

/** @throws {TypeError} an option is unknown, of another type, or has CR, LF or NUL in it */
export function eventFields(options: EventOptions | null | undefined): EventFields {
  if (isNone(options)) return NONE;
  const { event, id } = knownOptions(options, OPTIONS);
  return { event: field('event', event) ?? '', id: field('id', id) };
}

function field(name: string, value: unknown): string | null {
  if (isNone(value)) return null;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    throw new TypeError(`option ${name}: ${describe(value)} is not a string`);
  }
  const text = String(value);
  if (!FORBIDDEN.test(text)) return text;
  throw new TypeError(`option ${name}: ${describe(text)} has CR, LF or NUL in it`);
}

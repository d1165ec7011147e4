/**
 * Whether a request asks for events: the header `Accept` (RFC 9110 §12.5.1). A pattern says no more than
 * where to cut, in linear time; commas and semicolons in quoted strings are no cuts.
 */
import type { EventRequest } from './arguments';

export const EVENT_STREAM = 'text/event-stream';

const RANGES = /(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g;
const PARTS = /(?:[^;"]|"(?:\\.|[^"\\])*"?)+/g;
/** "a value of 0 means 'not acceptable'", RFC 9110 §12.4.2 */
const NOT_ACCEPTABLE = /^\s*q\s*=\s*0(?:\.0{0,3})?\s*$/i;

/** Whether a request asks for events by name; a wildcard asks for anything else as well. */
export function acceptsEvents({ method, headers }: EventRequest): boolean {
  const ranges = headers.accept?.match(RANGES) ?? [];
  return method === 'GET' && ranges.some(isEventStream);
}

function isEventStream(range: string): boolean {
  const [type = '', ...parameters] = range.match(PARTS) ?? [];
  if (type.trim().toLowerCase() !== EVENT_STREAM) return false;
  return !parameters.some((parameter) => NOT_ACCEPTABLE.test(parameter));
}

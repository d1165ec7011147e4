/** The text of an event stream (HTML §9.2.5). Lines end in LF, which is the shortest that is allowed. */

/** A comment, which no client hears of. */
export const COMMENT = ':\n\n';

const LINE_END = /\r\n?|\n/g;

/** What an event has beside its data. */
export interface EventFields {
  /** The type of the event; `''`: `message`. */
  readonly event: string;
  /** Null: the one of the event before. */
  readonly id: string | null;
}

/**
 * An event. However its lines end, the client gets them with LF.
 *
 * @param fields with no CR, LF or NUL in them
 */
export function eventText(data: string, { event, id }: EventFields): string {
  let text = event === '' ? '' : `event: ${event}\n`;
  if (id !== null) text += `id: ${id}\n`;
  return `${text}data: ${data.replace(LINE_END, '\ndata: ')}\n\n`;
}

/** Tells the client how many milliseconds to wait before it connects again. */
export function retryText(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`;
}

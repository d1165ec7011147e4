/** Templates of pages, by Hono's helper. */
import * as hono from 'hono/html';

/** Markup, which templates take as it is. */
export type Html = ReturnType<typeof hono.raw>;

/** A template: what is put into it is escaped, unless it is `Html`; of an array each item is put in. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  // The helper has a promise only for values that are promises.
  return hono.html(strings, ...values) as Html;
}

/** Text that is markup already. */
export function raw(text: string): Html {
  return hono.raw(text);
}

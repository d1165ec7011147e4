/** What the charts have in common. */

/** Whose figure it is; the first is what a page is about, the limit is nobody's to pass. */
export type Group = 'first' | 'second' | 'third' | 'limit';

/** What each group is called in a chart; those that are left out do not occur. */
export type Legend = Readonly<Partial<Record<Group, string>>>;

/** A number for an attribute. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

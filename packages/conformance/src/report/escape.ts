/** Text made safe to stand in HTML, in elements and in quoted attributes. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES.get(character)!);
}

/** What the READMEs have headings for. */

/**
 * The names in the headings of a section, as of `### \`ping\`, \`pong\`` or `### \`send(data)\``: of each the first word, without the object
 * in front of it. Headings of plain words are none.
 *
 * @param section the text of a heading of the second level, or of the third
 */
export function entriesOf(markdown: string, section: string): string[] {
  const [, marks, text] = new RegExp(`^(##+) ${section}\n(.*)`, 'ms').exec(markdown)!;
  const [own] = text.split(new RegExp(`^#{1,${marks.length}} `, 'm'));
  const headings = [...own.matchAll(/^##+ (`.*)$/gm)].map(([, heading]) => heading);
  return headings.flatMap((heading) =>
    [...heading.matchAll(/`(?:\w+\.)?(\w+)/g)].map(([, name]) => name),
  );
}

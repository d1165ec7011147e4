/** The pieces that pages are made of. */

/** `text` as it may stand anywhere in a page. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A table of `rows`, the first of which is its head; it scrolls where it is too wide. */
export function htmlTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (entries: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${entries.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return [
    '<div class="scrolls"><table>',
    `<thead>${line(head, 'th')}</thead>`,
    `<tbody>${body.map((row) => line(row, 'td')).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

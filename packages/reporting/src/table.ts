/** A markdown table of `rows`, the first of which is its head; all but the first column end flush. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (entries: readonly string[]): string => `| ${entries.join(' | ')} |`;
  const [head, ...body] = rows.map((row) =>
    line(row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))),
  );
  const rule = line(widths.map((width, i) => '-'.repeat(width - (i && 1)) + (i === 0 ? '' : ':')));
  return [head, rule, ...body].join('\n');
}

/** The figures that the README shows, for whatever draws them. */

/** A row of a table, its figures by the heads of their columns; an entry without a figure is left out. */
export interface ReadmeRow {
  readonly name: string;
  readonly figures: ReadonlyMap<string, number>;
}

/**
 * The rows of the table whose first head begins with `head`.
 *
 * @throws Error if the text has no such table
 */
export function readmeTable(markdown: string, head: string): ReadmeRow[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head}`));
  if (start < 0) throw new Error(`there is no table of ${head}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  const [heads = [], , ...rows] = lines.slice(start, end).map(cellsOf);
  return rows.map(([name = '', ...cells]) => {
    const figures = new Map<string, number>();
    for (const [index, cell] of cells.entries()) {
      const figure = Number.parseFloat(cell.replaceAll(',', ''));
      if (!Number.isNaN(figure)) figures.set(heads[index + 1] ?? '', figure);
    }
    return { name, figures };
  });
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

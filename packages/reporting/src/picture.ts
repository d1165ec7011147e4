/** Bars in a picture by itself, for READMEs and sites: it has its own colours, light and dark. */
import { short, type Group } from './chart';
import { escaped } from './html';
import { COLOURS } from './style';

export interface PictureRow {
  readonly name: string;
  readonly bars: readonly PictureBar[];
}

export interface PictureBar {
  readonly value: number;
  /** What stands behind the bar. */
  readonly text: string;
  readonly group: Group;
}

export interface Picture {
  readonly title: string;
  /** The line below the title: what a longer bar means. */
  readonly explanation: string;
  readonly rows: readonly PictureRow[];
}

const WIDTH = 600;
const BARS = { left: 170, right: 140 };
const HEAD = 66;
const BAR = 15;
const GAP = 13;

const STYLE = `${COLOURS}
text { font: 13px system-ui, sans-serif; fill: var(--text); } .title { font-size: 16px; font-weight: 650; }
.dim { fill: var(--dim); } .page { fill: var(--page); } .name { text-anchor: end; }
rect.first { fill: var(--first); } rect.second { fill: var(--second); } rect.third { fill: var(--third); }
text.first { font-weight: 650; }`;

/** The picture as the text of an SVG file, 600 units wide. Bars begin at zero, on one scale. */
export function pictureSvg({ title, explanation, rows }: Picture): string {
  const most = Math.max(...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (WIDTH - BARS.left - BARS.right) / most;
  let top = HEAD;
  const drawn = rows.map((row) => {
    const text = rowSvg(row, top, scale);
    top += row.bars.length * BAR + GAP;
    return text;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${top}" rx="6"/>`,
    `<text class="title" x="16" y="28">${escaped(title)}</text>`,
    `<text class="dim" x="16" y="48">${escaped(explanation)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function rowSvg({ name, bars }: PictureRow, top: number, scale: number): string {
  const middle = short(top + (bars.length * BAR) / 2 + 4);
  const label = `<text class="name" x="${BARS.left - 10}" y="${middle}">${escaped(name)}</text>`;
  const drawn = bars.map(({ value, text, group }, index) => {
    const y = top + index * BAR;
    const width = short(value * scale);
    const end = short(BARS.left + value * scale + 6);
    return (
      `<rect class="${group}" x="${BARS.left}" y="${y}" width="${width}" height="${BAR - 2}" rx="2"/>` +
      `<text class="${group}" x="${end}" y="${y + 11}">${escaped(text)}</text>`
    );
  });
  return [label, ...drawn].join('\n');
}

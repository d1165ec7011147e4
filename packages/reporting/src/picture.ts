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
  /** The sentences below the title: what a longer bar means, and where the figures come from. */
  readonly explanation: readonly string[];
  readonly rows: readonly PictureRow[];
}

export type PictureWidth = 'wide' | 'narrow';

interface Layout {
  readonly width: number;
  /** The space on both sides of the longest bar; its text stands in that on the right. */
  readonly left: number;
  readonly right: number;
  /** Where the name of a row ends, beside its bars; undefined puts it above them. */
  readonly nameEnd?: number;
}

/** Names stand beside the bars, or above them where there is no room: in a picture for phones. */
const LAYOUTS: Record<PictureWidth, Layout> = {
  wide: { width: 600, left: 170, right: 140, nameEnd: 160 },
  narrow: { width: 360, left: 16, right: 170 },
};

const HEAD = 48;
const LINE = 18;
const BAR = 15;
const GAP = 13;

const STYLE = `${COLOURS}
text { font: 13px system-ui, sans-serif; fill: var(--text); } .title { font-size: 16px; font-weight: 650; }
.dim { fill: var(--dim); } .page { fill: var(--page); } .beside { text-anchor: end; }
rect.first { fill: var(--first); } rect.second { fill: var(--second); } rect.third { fill: var(--third); }
text.first { font-weight: 650; }`;

/** The picture as the text of an SVG file, 600 units wide, or 360. Bars begin at zero, on one scale. */
export function pictureSvg({ title, explanation, rows }: Picture, kind: PictureWidth): string {
  const layout = LAYOUTS[kind];
  const most = Math.max(...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (layout.width - layout.left - layout.right) / most;
  const lines = layout.nameEnd === undefined ? explanation : [explanation.join(' ')];
  let top = HEAD + lines.length * LINE;
  const drawn = rows.map((row) => {
    const text = rowSvg(row, top, layout, scale);
    top += rowHeight(row, layout) + GAP;
    return text;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${top}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${layout.width}" height="${top}" rx="6"/>`,
    `<text class="title" x="16" y="28">${escaped(title)}</text>`,
    ...lines.map((line, index) => {
      return `<text class="dim" x="16" y="${HEAD + index * LINE}">${escaped(line)}</text>`;
    }),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** Of the name above the bars; none if it stands beside them. */
function nameHeight({ nameEnd }: Layout): number {
  return nameEnd === undefined ? LINE : 0;
}

function rowHeight({ bars }: PictureRow, layout: Layout): number {
  return nameHeight(layout) + bars.length * BAR;
}

function rowSvg(row: PictureRow, top: number, layout: Layout, scale: number): string {
  const firstBar = top + nameHeight(layout);
  const drawn = row.bars.map(({ value, text, group }, index) => {
    const y = firstBar + index * BAR;
    const width = short(value * scale);
    const end = short(layout.left + value * scale + 6);
    return (
      `<rect class="${group}" x="${layout.left}" y="${y}" width="${width}" height="${BAR - 2}" rx="2"/>` +
      `<text class="${group}" x="${end}" y="${y + 11}">${escaped(text)}</text>`
    );
  });
  return [nameSvg(row, top, layout), ...drawn].join('\n');
}

function nameSvg({ name, bars }: PictureRow, top: number, { left, nameEnd }: Layout): string {
  if (nameEnd === undefined) return `<text x="${left}" y="${top + 12}">${escaped(name)}</text>`;
  const middle = short(top + (bars.length * BAR) / 2 + 4);
  return `<text class="beside" x="${nameEnd}" y="${middle}">${escaped(name)}</text>`;
}

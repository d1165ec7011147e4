/** Figures to text, charts and pages, and how far a long run is. */
export { barsHtml, type Bar, type BarCard } from './bars';
export type { Group, Legend } from './chart';
export { clock, megabytes, number } from './format';
export { escaped, htmlTable } from './html';
export { legendHtml } from './legend';
export { linesHtml, type Line, type LineCard, type LinePoint } from './lines';
export { machine } from './machine';
export { pageHtml, type Page } from './page';
export { ProgressLine, type Output, type Step } from './progress-line';
export { median, spread } from './statistics';
export { pictureSvg, type Picture, type PictureRow } from './picture';
export { stripsHtml, type Dot, type Strip } from './strips';
export { markdownTable } from './table';
export { html, raw, type Html } from './templates';
export { timelineSvg, type Timeline, type TimelineSeries } from './timeline';

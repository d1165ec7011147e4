/** Figures to text, and how far a long run is. */
export { ProgressLine, type Output, type Step } from './progress-line';
export { median, spread } from './statistics';
export { markdownTable } from './table';

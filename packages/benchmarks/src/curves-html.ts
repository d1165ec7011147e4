/** The charts of a section whose rows are points of curves. */
import { escaped, legendHtml, linesHtml, type Line } from '@ws/reporting';
import type { Grid } from './grid';
import { groupOf, legendOf } from './groups';
import type { Section } from './section';
import { measurementsOf, shapeOf } from './shape';

const EXPLANATION = 'lower is better. Both scales are logarithmic.';

export function curvesHtml(grid: Grid, { unit, curves = [] }: Section): string {
  const cards = curves.map(({ title, ...curve }) =>
    linesHtml({
      title,
      unit,
      lines: grid.peers.flatMap((peer): Line[] => {
        const points = measurementsOf(grid, { title, ...curve }, peer);
        const line = { name: peer, group: groupOf(peer), points, shape: shapeOf(points) };
        return points.length === 0 ? [] : [line];
      }),
    }),
  );
  return [
    `<p class="dim">In ${escaped(unit)}: ${EXPLANATION}</p>`,
    legendHtml(legendOf(grid)),
    `<div class="cards">${cards.join('\n')}</div>`,
  ].join('\n');
}

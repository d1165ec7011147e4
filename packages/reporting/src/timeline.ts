/** A chart of what happened in the course of a run, drawn by ECharts as SVG. */
import { init, type EChartsOption } from 'echarts';
import type { Group } from './chart';
import { raw, type Html } from './templates';

export interface TimelineSeries {
  readonly name: string;
  readonly group: Group;
  readonly points: readonly (readonly [minutes: number, value: number])[];
}

export interface Timeline {
  readonly unit: string;
  readonly series: readonly TimelineSeries[];
}

const SIZE = { width: 760, height: 260 };
const GRID = { left: 56, right: 110, top: 28, bottom: 34 };
const AXIS = {
  type: 'value',
  axisLabel: { color: 'var(--dim)' },
  nameTextStyle: { color: 'var(--dim)' },
  axisLine: { show: false },
  axisTick: { show: false },
} as const;

/** From zero up, over minutes; every line has its name at its end. The colours are those of the page. */
export function timelineSvg(timeline: Timeline): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  chart.setOption(optionOf(timeline));
  const svg = chart.renderToSVGString({ useViewBox: true });
  chart.dispose();
  return raw(svg.replace('<svg width="760" height="260"', '<svg aria-hidden="true"'));
}

function optionOf({ unit, series }: Timeline): EChartsOption {
  const minutes = series.flatMap(({ points }) => points.map(([at]) => at));
  return {
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: GRID,
    xAxis: {
      ...AXIS,
      name: 'minutes',
      max: Math.max(...minutes, 0) || 1,
      splitLine: { show: false },
    },
    yAxis: { ...AXIS, name: unit, min: 0, splitLine: { lineStyle: { color: 'var(--rule)' } } },
    series: series.map(({ name, group, points }) => ({
      name,
      type: 'line',
      color: `var(--${group})`,
      showSymbol: points.length === 1,
      data: points.map(([at, value]) => [at, value]),
      endLabel: { show: true, formatter: '{a}', color: `var(--${group})`, fontWeight: 'bold' },
      labelLayout: { moveOverlap: 'shiftY' },
    })),
  };
}

/** The report as one page that needs nothing else. */
import { number } from '../format';
import { chartSvg, type Series } from './chart';
import { tablesOf, type Table } from './tables';
import { verdictsOn, type Result, type Sample, type Verdict } from './verdicts';

const STYLE = `
:root { color-scheme: light dark; --text: #1c1f23; --dim: #5d6570; --rule: #dfe3e8; --page: #fff;
  --a: #1f6feb; --b: #b5480c; --c: #1a7f4b; --good: #1a7f4b; --bad: #c62828; --open: #8a6100; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8ea; --dim: #9aa4af; --rule: #333a42;
  --page: #15181c; --a: #6ea8ff; --b: #f0925a; --c: #5cc98f; --good: #5cc98f; --bad: #ff7b72; --open: #e3b341; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem; background: var(--page);
  color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
section { margin: 0 0 2rem; break-inside: avoid; }
.verdicts { list-style: none; padding: 0; display: grid; gap: .3rem; }
.verdicts b { display: inline-block; width: 4.5rem; }
.passed b { color: var(--good); } .failed b { color: var(--bad); } .open b { color: var(--open); }
.verdicts span, caption { color: var(--dim); }
.tables { columns: 2 24rem; column-gap: 3rem; }
table { width: 100%; border-collapse: collapse; }
td { border-top: 1px solid var(--rule); padding: .2rem 0; vertical-align: top; overflow-wrap: anywhere; }
td:last-child { text-align: right; padding-left: 1rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.grid { stroke: var(--rule); } .axis { fill: var(--dim); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; } .label { font-weight: 600; }
.line.a { stroke: var(--a); } .line.b { stroke: var(--b); } .line.c { stroke: var(--c); }
.label.a { fill: var(--a); } .label.b { fill: var(--b); } .label.c { fill: var(--c); }
`;

const WORDS = { true: 'passed', false: 'failed', null: 'open' } as const;

export function htmlReport(result: Result): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Soak: ${result.connections} connections</title>
<style>${STYLE}</style>
<h1>Soak: ${number(result.connections)} connections</h1>
<section><ul class="verdicts">
${verdictsOn(result).map(verdictItem).join('\n')}
</ul></section>
${charts(result.samples)}
<div class="tables">
${tablesOf(result).map(tableHtml).join('\n')}
</div>
</html>
`;
}

function verdictItem({ name, passed, text }: Verdict): string {
  const word = WORDS[`${passed}`];
  return `<li class="${word}"><b>${word}</b> ${escaped(name)} <span>${escaped(text)}</span></li>`;
}

function charts(samples: readonly Sample[]): string {
  const series = (name: string, className: string, value: (sample: Sample) => number): Series => ({
    name,
    className,
    points: samples.map((sample) => [sample.seconds / 60, value(sample)]),
  });
  const heap = series('heap', 'a', ({ heapUsed }) => heapUsed / 1e6);
  const external = series('external', 'c', (sample) => sample.external / 1e6);
  const rss = series('RSS', 'b', (sample) => sample.rss / 1e6);
  const connections = series('connections', 'a', (sample) => sample.connections);
  return [
    chart('Server heap after garbage collection', 'MB', [heap, external]),
    chart('Server resident set', 'MB', [rss]),
    chart('Connections', '', [connections]),
  ].join('\n');
}

function chart(title: string, unit: string, series: readonly Series[]): string {
  return `<section><h2>${title}</h2>\n${chartSvg({ title, unit, series })}</section>`;
}

function tableHtml({ title, rows }: Table): string {
  const lines = rows.map(
    ([name, value]) => `<tr><td>${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
  );
  return `<section><h2>${escaped(title)}</h2>\n<table>${lines.join('\n')}</table></section>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The report as one page that needs nothing else. */
import {
  html,
  number,
  pageHtml,
  timelineSvg,
  type Group,
  type Html,
  type TimelineSeries,
} from '@ws/reporting';
import { tablesOf, type Table } from './tables';
import { verdictsOn, type Result, type Sample, type Verdict } from './verdicts';

const STYLE = `
.verdicts { list-style: none; padding: 0; display: grid; gap: .3rem; }
.verdicts b { display: inline-block; width: 4.5rem; } .verdicts span { color: var(--dim); }
.passed b { color: var(--good); } .failed b { color: var(--bad); } .open b { color: var(--limit); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: .9rem; }
.charts svg { min-width: 30rem; }
.tables { columns: 3 20rem; column-gap: .9rem; } .tables .card { break-inside: avoid; margin-bottom: .9rem; }
.tables table { width: 100%; } .tables td { background: none; white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
.tables td:last-child { white-space: nowrap; } .tables tr:last-child td { border-bottom: 0; }
`;

const WORDS = { true: 'passed', false: 'failed', null: 'open' } as const;

export function htmlReport(result: Result): string {
  return pageHtml({
    title: `Soak: ${number(result.connections)} connections`,
    style: STYLE,
    body: html`<p class="dim">${result.where}. Ended on ${result.when.slice(0, 10)}.</p>
      <ul class="verdicts">
        ${verdictsOn(result).map(verdictItem)}
      </ul>
      <div class="charts">${charts(result.samples)}</div>
      <h2>Figures</h2>
      <div class="tables">${tablesOf(result).map(tableCard)}</div>`,
  });
}

function verdictItem({ name, passed, text }: Verdict): Html {
  const word = WORDS[`${passed}`];
  return html`<li class="${word}"><b>${word}</b> ${name} <span>${text}</span></li> `;
}

function charts(samples: readonly Sample[]): Html[] {
  const series = (
    name: string,
    group: Group,
    value: (sample: Sample) => number,
  ): TimelineSeries => ({
    name,
    group,
    points: samples.map((sample) => [sample.seconds / 60, value(sample)]),
  });
  const heap = series('heap', 'first', ({ heapUsed }) => heapUsed / 1e6);
  const external = series('external', 'third', (sample) => sample.external / 1e6);
  const rss = series('RSS', 'limit', (sample) => sample.rss / 1e6);
  const connections = series('connections', 'first', (sample) => sample.connections);
  return [
    chartCard('Server heap after garbage collection', 'MB', [heap, external]),
    chartCard('Server resident set', 'MB', [rss]),
    chartCard('Connections', '', [connections]),
  ];
}

function chartCard(title: string, unit: string, series: readonly TimelineSeries[]): Html {
  return html`<section class="card">
    <h3>${title}</h3>
    <div class="scrolls">${timelineSvg({ unit, series })}</div>
  </section> `;
}

function tableCard({ title, rows }: Table): Html {
  const lines = rows.map(
    ([name, value]) =>
      html`<tr>
        <td>${name}</td>
        <td>${value}</td>
      </tr> `,
  );
  return html`<section class="card">
    <h3>${title}</h3>
    <table>
      ${lines}
    </table>
  </section> `;
}

/** The report: one page that needs nothing else, with every case, what came, and the wire. */
import { html, pageHtml, type Html } from '@ws/reporting';
import type { CaseResult } from '../engine/result';
import { isFine, verdictText } from '../engine/result';
import { GROUPS, groupOf } from '../cases';
import { countVerdicts } from '../summary';
import { caseSection } from './case-section';
import { BEHAVIOR } from './script';
import { STYLE } from './style';
import { toneOf } from './tone';

/** The results of one endpoint. */
export interface Run {
  readonly title: string;
  readonly results: readonly CaseResult[];
}

export function renderReport(runs: readonly Run[]): string {
  return pageHtml({
    title: 'WebSocket conformance',
    style: STYLE,
    script: BEHAVIOR,
    tools: html`<form class="filter" role="search">
      <input type="search" id="words" placeholder="Number or words" aria-label="Find cases" />
      <label><input type="checkbox" id="bad" /> Only what needs a fix</label>
    </form>`,
    body: html`${runs.map(renderRun)}
      <p class="none" hidden>No case is like that.</p>`,
  });
}

function renderRun({ title, results }: Run, index: number): Html {
  const groups = [...grouped(results)];
  const prefix = `run${index}-`;
  return html`<section class="run">
    <h2>${title}</h2>
    ${summary(results)}
    <div class="grid card">
      ${groups.map(([group, members]) => gridRow(prefix, group, members))}
    </div>
    ${groups.map(([group, members]) => groupSection(prefix, group, members))}
  </section> `;
}

/** In the order of their first cases. */
function grouped(results: readonly CaseResult[]): Map<string, CaseResult[]> {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) {
    const group = groupOf(result.id);
    groups.set(group, [...(groups.get(group) ?? []), result]);
  }
  return groups;
}

function summary(results: readonly CaseResult[]): Html {
  const open = results.filter((result) => !isFine(result)).length;
  const counts = countVerdicts(results).map(([verdict, count]) => {
    const tone = toneOf(results.find((result) => verdictText(result) === verdict)!);
    return html`<li><i class="cell ${tone}"></i><b>${count}</b> ${verdict}</li>`;
  });
  return html`<p class="lead">
      <b>${open || 'None'}</b> of ${results.length} cases ${open === 1 ? 'needs' : 'need'} a fix.
    </p>
    <ul class="counts">
      ${counts}
    </ul>`;
}

function gridRow(prefix: string, group: string, results: readonly CaseResult[]): Html {
  const cells = results.map((result) => {
    const label = `${result.id} ${result.title}: ${verdictText(result)}`;
    return html`<a
      class="cell ${toneOf(result)}"
      href="#${prefix}${result.id}"
      title="${label}"
      aria-label="${label}"
    ></a>`;
  });
  return html`<div class="row">
    <span class="name"><b>${group}</b> ${GROUPS.get(group) ?? ''}</span
    ><span class="cells">${cells}</span>
  </div> `;
}

function groupSection(prefix: string, group: string, results: readonly CaseResult[]): Html {
  return html`<section class="group">
    <h3><span>${group}</span> ${GROUPS.get(group) ?? ''}</h3>
    ${results.map((result) => caseSection(prefix, result))}
  </section> `;
}

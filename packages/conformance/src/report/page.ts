/** The report: one page that needs nothing else, with every case, what came, and the wire. */
import type { CaseResult } from '../engine/result';
import { isFine, verdictText } from '../engine/result';
import { GROUPS, groupOf } from '../cases';
import { countVerdicts } from '../summary';
import { caseSection } from './case-section';
import { escape } from './escape';
import { BEHAVIOR } from './script';
import { STYLE } from './style';
import { toneOf } from './tone';

/** The results of one endpoint. */
export interface Run {
  readonly title: string;
  readonly results: readonly CaseResult[];
}

export function renderReport(runs: readonly Run[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WebSocket conformance</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top">
<h1>WebSocket conformance</h1>
<form class="filter" role="search">
<input type="search" id="words" placeholder="Number or words" aria-label="Find cases">
<label><input type="checkbox" id="bad"> Only what needs mending</label>
</form>
</header>
<main>
${runs.map(renderRun).join('\n')}
<p class="none" hidden>No case is like that.</p>
</main>
<script>${BEHAVIOR}</script>
</body>
</html>
`;
}

function renderRun({ title, results }: Run, index: number): string {
  const groups = [...grouped(results)];
  const prefix = `run${index}-`;
  return `<section class="run">
<h2>${escape(title)}</h2>
${summary(results)}
<div class="grid">
${groups.map(([group, members]) => gridRow(prefix, group, members)).join('\n')}
</div>
${groups.map(([group, members]) => groupSection(prefix, group, members)).join('\n')}
</section>`;
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

function summary(results: readonly CaseResult[]): string {
  const open = results.filter((result) => !isFine(result)).length;
  const counts = countVerdicts(results).map(([verdict, count]) => {
    const tone = toneOf(results.find((result) => verdictText(result) === verdict)!);
    return `<li><i class="cell ${tone}"></i><b>${count}</b> ${verdict}</li>`;
  });
  return `<p class="lead"><b>${open || 'None'}</b> of ${results.length} cases ${open === 1 ? 'needs' : 'need'} mending.</p>
<ul class="counts">${counts.join('')}</ul>`;
}

function gridRow(prefix: string, group: string, results: readonly CaseResult[]): string {
  const cells = results.map(
    (result) =>
      `<a class="cell ${toneOf(result)}" href="#${prefix}${result.id}" title="${result.id} ${verdictText(result)}" aria-label="${result.id} ${verdictText(result)}"></a>`,
  );
  return `<div class="row"><span class="name"><b>${group}</b> ${GROUPS.get(group) ?? ''}</span><span class="cells">${cells.join('')}</span></div>`;
}

function groupSection(prefix: string, group: string, results: readonly CaseResult[]): string {
  return `<section class="group">
<h3><span>${group}</span> ${GROUPS.get(group) ?? ''}</h3>
${results.map((result) => caseSection(prefix, result)).join('\n')}
</section>`;
}

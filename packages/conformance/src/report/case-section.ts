/** One case in the report: a line that opens to what was expected, what came, and the wire log. */
import type { LogEntry } from '../engine/log';
import { isFine, verdictText } from '../engine/result';
import type { CaseResult } from '../engine/result';
import { escape } from './escape';
import { toneOf } from './tone';

/** Spaces between octets, so that lines can break. */
const OCTET_PAIRS = /([0-9a-f]{2})(?=[0-9a-f])/g;

export function caseSection(prefix: string, result: CaseResult): string {
  const { id, title, expects, came, reason, milliseconds, log } = result;
  const bad = isFine(result) ? '' : ' data-bad';
  const why = reason === '' ? '' : definition('Reason', reason);
  return `<details id="${prefix}${id}"${bad}>
<summary><b>${id}</b><span class="title">${escape(title)}</span><span class="verdict ${toneOf(result)}">${verdictText(result)}</span></summary>
<dl>${definition('Expected', expects)}${definition('Came', came)}${why}${definition('Time', `${milliseconds} ms`)}</dl>
<ol class="log">
${log.map(logLine).join('\n')}
</ol>
</details>`;
}

function definition(term: string, description: string): string {
  return `<dt>${term}</dt><dd>${escape(description)}</dd>`;
}

function logLine({ at, from, what, hex, text }: LogEntry): string {
  const side = from ?? 'note';
  const arrow = { suite: '→', endpoint: '←', note: '' }[side];
  const octets = hex === '' ? '' : `<code>${hex.replace(OCTET_PAIRS, '$1 ')}</code>`;
  const words = text === '' ? '' : `<pre>${escape(text)}</pre>`;
  return `<li class="${side}"><time>${at.toFixed(1)}</time><span class="arrow">${arrow}</span><div><span>${escape(what)}</span>${octets}${words}</div></li>`;
}

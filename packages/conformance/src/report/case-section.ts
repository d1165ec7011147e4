/** One case in the report: a line that opens to what was expected, what came, and the wire log. */
import { html, raw, type Html } from '@ws/reporting';
import type { LogEntry } from '../engine/log';
import { isFine, verdictText } from '../engine/result';
import type { CaseResult } from '../engine/result';
import { toneOf } from './tone';

/** Spaces between octets, so that lines can break. */
const OCTET_PAIRS = /([0-9a-f]{2})(?=[0-9a-f])/g;

export function caseSection(prefix: string, result: CaseResult): Html {
  const { id, title, expects, came, reason, milliseconds, log } = result;
  const why = reason === '' ? '' : definition('Reason', reason);
  const words = html`<b>${id}</b><span class="title">${title}</span>`;
  const verdict = html`<span class="verdict ${toneOf(result)}">${verdictText(result)}</span>`;
  return html`<details id="${prefix}${id}" ${isFine(result) ? '' : raw('data-bad')}>
    <summary>${words}${verdict}</summary>
    <dl>
      ${definition('Expected', expects)}${definition('Came', came)}${why}${definition('Time', `${milliseconds} ms`)}
    </dl>
    <ol class="log">
      ${log.map(logLine)}
    </ol>
  </details> `;
}

function definition(term: string, description: string): Html {
  return html`<dt>${term}</dt>
    <dd>${description}</dd>`;
}

function logLine({ at, from, what, hex, text }: LogEntry): Html {
  const side = from ?? 'note';
  const arrow = { suite: '→', endpoint: '←', note: '' }[side];
  const octets = hex === '' ? '' : html`<code>${hex.replace(OCTET_PAIRS, '$1 ')}</code>`;
  const words = text === '' ? '' : html`<pre>${text}</pre>`;
  return html`<li class="${side}">
    <time>${at.toFixed(1)}</time><span class="arrow">${arrow}</span>
    <div><span>${what}</span>${octets}${words}</div>
  </li> `;
}

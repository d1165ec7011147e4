import type { Legend } from './chart';
import { escaped } from './html';

/** The list of a chart's groups. */
export function legendHtml(legend: Legend): string {
  const items = Object.entries(legend).map(
    ([group, text]) => `<li class="${group}"><i></i>${escaped(text)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

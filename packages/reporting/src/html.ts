/** The pieces that pages are made of. */
import { html } from './templates';

/** `text` as it may stand anywhere in a page. */
export function escaped(text: string): string {
  return String(html`${text}`);
}

/** A table of `rows`, the first of which is its head; it scrolls where it is too wide. */
export function htmlTable([head = [], ...body]: readonly (readonly string[])[]): string {
  return String(
    html`<div class="scrolls">
      <table>
        <thead>
          <tr>
            ${head.map((text) => html`<th>${text}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body.map(
            (row) =>
              html`<tr>
                ${row.map((text) => html`<td>${text}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`,
  );
}

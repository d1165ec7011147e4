/** A page that needs nothing else: light and dark, from the width of a phone on. */
import { STYLE } from './style';
import { html, raw, type Html } from './templates';

export interface Page {
  readonly title: string;
  /** What stands below the title: markup. */
  readonly body: Html | string;
  /** What stands beside the title, and stays in sight; without it the title does not. */
  readonly tools?: Html;
  /** Rules that the page needs beside those that all have. */
  readonly style?: string;
  /** What the page does by itself. */
  readonly script?: string;
}

export function pageHtml({ title, body, tools, style = '', script }: Page): string {
  const heading = html`<h1>${title}</h1>`;
  return String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style>
            ${raw(STYLE + style)}
          </style>
        </head>
        <body>
          ${tools === undefined ? '' : html`<header class="top">${heading}${tools}</header>`}
          <main>${tools === undefined ? heading : ''} ${raw(String(body))}</main>
          ${
            script === undefined
              ? ''
              : html`<script>
                  ${raw(script)};
                </script>`
          }
        </body>
      </html> `,
  );
}

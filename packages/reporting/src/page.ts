/** A page that needs nothing else: light and dark, from the width of a phone on. */
import { escaped } from './html';
import { STYLE } from './style';

export interface Page {
  readonly title: string;
  /** What stands below the title: HTML. */
  readonly body: string;
}

export function pageHtml({ title, body }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

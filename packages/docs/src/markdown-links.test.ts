import { markdownLinks } from './markdown-links';

const upper = (target: string): string | undefined =>
  target === 'gone.md' ? undefined : target.toUpperCase();

test.each([
  ['[a](b.md) and [`c`](d.md#e)', '[a](B.MD) and [`c`](D.MD#E)'],
  ['[a [b]](c.md)', '[a [b]](C.MD)'],
  ['see [this](gone.md).', 'see this.'],
  ['`[a](b.md)` [c](d)', '`[a](b.md)` [c](D)'],
  ['```md\n[a](b.md)\n```\n[c](d)', '```md\n[a](b.md)\n```\n[c](D)'],
  [
    '```ts\nlet a = "`";\n```\n[c](d)\n```ts\n```\n',
    '```ts\nlet a = "`";\n```\n[c](D)\n```ts\n```\n',
  ],
])('%j becomes %j', (text, expected) => {
  expect(markdownLinks(text, upper)).toBe(expected);
});

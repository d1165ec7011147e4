import { html, pageHtml, raw } from '.';

const HOSTILE = `<b title="x" lang='y'> & more`;
const ESCAPED = '&lt;b title=&quot;x&quot; lang=&#39;y&#39;&gt; &amp; more';

test('what is put into a template is escaped', () => {
  expect(String(html`<i id="${HOSTILE}">${HOSTILE}</i>`)).toBe(`<i id="${ESCAPED}">${ESCAPED}</i>`);
});

test('templates go into templates as they are, and so do lists of them', () => {
  const items = ['a', HOSTILE].map((text) => html`<i>${text}</i>`);
  expect(String(html`<b>${items}${raw('<br>')}</b>`)).toBe(`<b><i>a</i><i>${ESCAPED}</i><br></b>`);
});

test('a page takes a template, a style and a script of its own', () => {
  const page = pageHtml({
    title: HOSTILE,
    body: html`<p>${HOSTILE}</p>`,
    style: 'i { }',
    script: 'a && b',
  });
  expect(page.split(ESCAPED)).toHaveLength(4);
  expect(page).toMatch(/i \{ \}\s*<\/style>/);
  expect(page).toMatch(/<script>\s*a && b;\s*<\/script>/);
  expect(pageHtml({ title: 'T', body: '<p>' })).not.toContain('<script>');
});

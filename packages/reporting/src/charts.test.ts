import { barsHtml, escaped, htmlTable, legendHtml, linesHtml, pageHtml, stripsHtml } from '.';

const BAR = { name: 'ws', value: 1, text: '1.00×', spread: 0, group: 'second' } as const;

function attributes(html: string, element: RegExp, attribute: string): string[] {
  const elements = [...html.matchAll(element)].map(([text]) => text);
  return elements.map((text) => new RegExp(` ${attribute}="([^"]*)"`).exec(text)?.[1] ?? '');
}

test('bars are drawn from zero to the greatest value, limits included', () => {
  const bars = [{ ...BAR, name: 'ours', value: 4, group: 'first' } as const, BAR];
  const html = barsHtml({ title: 'small', bars, limits: [{ name: 'raw', value: 8, text: '8×' }] });
  expect(attributes(html, /<rect class="fill"[^>]*>/g, 'width')).toEqual(['50%', '12.5%']);
  expect(attributes(html, /<line class="mark"[^>]*>/g, 'x1')).toEqual(['100%', '100%']);
  expect(html).toContain('raw 8×');
});

test('a spread is a line around the end of its bar, and has its place', () => {
  const html = barsHtml({ title: 'small', bars: [{ ...BAR, spread: 0.25 }], limits: [] });
  expect(attributes(html, /<line class="whisker"[^>]*>/g, 'x1')).toEqual(['60%']);
  expect(attributes(html, /<line class="whisker"[^>]*>/g, 'x2')).toEqual(['100%']);
});

test('strips share a logarithmic scale with whole powers of two at its ends', () => {
  const dots = [
    { name: 'ours', value: 4, group: 'first' },
    { name: 'ws', value: 1, group: 'second' },
  ] as const;
  const html = stripsHtml([{ name: 'small', dots }], '×');
  expect([...html.matchAll(/>([\d.]+×)<\/text>/g)].map(([, text]) => text)).toEqual([
    ...['0.5×', '1×', '2×', '4×', '8×'],
  ]);
  expect(attributes(html, /<circle[^>]*>/g, 'cx')).toEqual(['25%', '75%']);
  expect(html).toContain('aria-label="ours 4.00×, ws 1.00×"');
});

test('lines go from the first amount to the last, between whole powers of ten', () => {
  const points = [
    { at: 1, label: '1 B', value: 1 },
    { at: 100, label: '100 B', value: 10 },
    { at: 10_000, label: '10 kB', value: 100 },
  ];
  const line = { name: 'ours', group: 'first', points, shape: 'grows to 10 kB' } as const;
  const html = linesHtml({ title: 'Size', unit: 'µs', lines: [line] });
  expect(attributes(html, /<circle[^>]*>/g, 'cx')).toEqual(['0%', '50%', '100%']);
  expect(attributes(html, /<circle[^>]*>/g, 'cy')).toEqual(['100%', '50%', '0%']);
  expect([...html.matchAll(/>(\d+ µs)<\/text>/g)].map(([, text]) => text)).toEqual([
    ...['1 µs', '10 µs', '100 µs'],
  ]);
  for (const { label } of points) expect(html).toContain(`>${label}</text>`);
  expect(html).toContain('<b>ours</b> grows to 10 kB');
});

test('of many amounts those are named that have room, and the last', () => {
  const points = Array.from({ length: 11 }, (_, i) => ({ at: 2 ** i, label: `n${i}`, value: 7 }));
  const line = { name: 'ours', group: 'first', points, shape: '' } as const;
  const html = linesHtml({ title: 'Size', unit: 'µs', lines: [line] });
  expect([...html.matchAll(/>(n\d+)<\/text>/g)].map(([, text]) => text)).toEqual([
    ...['n10', 'n8', 'n6', 'n4', 'n2', 'n0'],
  ]);
});

test('charts of nothing are empty', () => {
  expect(barsHtml({ title: 'none', bars: [], limits: [] })).not.toContain('NaN');
  expect(stripsHtml([], '×')).not.toContain('NaN');
  expect(linesHtml({ title: 'none', unit: 'µs', lines: [] })).toBe('');
  const points = [{ at: 1, label: 'one', value: 1 }];
  const line = { name: 'ours', group: 'first', points, shape: '' } as const;
  expect(linesHtml({ title: 'one', unit: 'µs', lines: [line] })).not.toContain('NaN');
});

test('what comes from outside is escaped', () => {
  const nasty = '<b>"&';
  expect(escaped(nasty)).toBe('&lt;b&gt;&quot;&amp;');
  const pages = [
    pageHtml({ title: nasty, body: '' }),
    htmlTable([[nasty], [nasty]]),
    legendHtml({ first: nasty }),
    barsHtml({ title: nasty, bars: [{ ...BAR, name: nasty, text: nasty }], limits: [] }),
    linesHtml({
      title: nasty,
      unit: nasty,
      lines: [
        {
          name: nasty,
          group: 'first',
          points: [{ at: 1, label: nasty, value: 1 }],
          shape: nasty,
        },
      ],
    }),
    stripsHtml([{ name: nasty, dots: [{ name: nasty, value: 1, group: 'limit' }] }], '×'),
  ];
  for (const page of pages) expect(page).not.toContain(nasty);
});

test('a page needs nothing else', () => {
  expect(pageHtml({ title: 'x', body: '' })).not.toMatch(/https?:|src=|href=|@import|url\(/);
});

import { timelineSvg } from '.';

const svg = String(
  timelineSvg({
    unit: 'MB',
    series: [
      {
        name: 'low',
        group: 'first',
        points: [
          [0, 0],
          [10, 50],
        ],
      },
      {
        name: 'a <high>',
        group: 'third',
        points: [
          [0, 100],
          [10, 51],
        ],
      },
    ],
  }),
);

test('a line goes from its first point to its last, in the colour of its group', () => {
  expect(svg).toMatch(/<path d="M56 226L650 127" [^>]*stroke="var\(--first\)"/);
  expect(svg).toMatch(/<path d="M56 28L650 125[^"]*" [^>]*stroke="var\(--third\)"/);
});

test('its name stands at its end, and names do not touch', () => {
  const label = /<text [^>]*translate\(658 ([\d.]+)\)[^>]*>([^<]+)</g;
  const [first, second] = [...svg.matchAll(label)].map(([, y, name]) => [Number(y), name] as const);
  expect([first[1], second[1]]).toEqual(['low', 'a &lt;high&gt;']);
  expect(Math.abs(first[0] - second[0])).toBeGreaterThan(10);
});

test('it fills the width that it has', () => {
  expect(svg).toMatch(/^<svg aria-hidden="true" /);
  expect(svg).toContain('viewBox="0 0 760 260"');
});

test('nothing is drawn where nothing was measured', () => {
  expect(String(timelineSvg({ unit: '', series: [] }))).not.toMatch(/NaN|Infinity|undefined/);
});

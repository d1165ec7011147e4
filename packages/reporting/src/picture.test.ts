import { pictureSvg } from './picture';

const SVG = pictureSvg({
  title: 'a < b',
  explanation: 'longer is better',
  rows: [
    {
      name: 'R&D',
      bars: [
        { value: 4, text: 'this 4×', group: 'first' },
        { value: 1, text: 'that', group: 'second' },
      ],
    },
    { name: 'other', bars: [{ value: 2, text: 'this 2×', group: 'first' }] },
  ],
});

test('bars begin at zero, on one scale', () => {
  const widths = [...SVG.matchAll(/<rect class="\w+" x="170" y="\d+" width="([\d.]+)"/g)];
  expect(widths.map(([, width]) => Number(width))).toEqual([290, 72.5, 145]);
});

test('rows lie below each other, in a picture that is high enough', () => {
  const tops = [...SVG.matchAll(/<rect class="\w+" x="170" y="(\d+)"/g)].map(([, y]) => Number(y));
  expect(tops).toEqual([66, 81, 109]);
  expect(SVG).toContain('viewBox="0 0 600 137"');
});

test('text is escaped, and the picture needs nothing else', () => {
  expect(SVG).toContain('<title>a &lt; b</title>');
  expect(SVG).toContain('>R&amp;D</text>');
  expect(SVG.replace('http://www.w3.org/2000/svg', '')).not.toContain('http');
});

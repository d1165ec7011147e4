import { pictureSvg, type Picture } from './picture';

const PICTURE: Picture = {
  title: 'a < b',
  explanation: ['Longer is better.', 'Node 20.'],
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
};
const SVG = pictureSvg(PICTURE, 'wide');
const NARROW = pictureSvg(PICTURE, 'narrow');

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

test('a narrow picture has names above the bars, and a line for each sentence', () => {
  const texts = [...NARROW.matchAll(/<text [^>]*x="16" y="(\d+)">([^<]*)</g)];
  expect(texts.map(([, y, text]) => [Number(y), text])).toEqual([
    [28, 'a &lt; b'],
    [48, 'Longer is better.'],
    [66, 'Node 20.'],
    [96, 'R&amp;D'],
    [157, 'other'],
  ]);
  const bars = [...NARROW.matchAll(/<rect class="\w+" x="16" y="(\d+)" width="([\d.]+)"/g)];
  expect(bars.map(([, y, width]) => [Number(y), Number(width)])).toEqual([
    [102, 174],
    [117, 43.5],
    [163, 87],
  ]);
  expect(NARROW).toContain('viewBox="0 0 360 191"');
});

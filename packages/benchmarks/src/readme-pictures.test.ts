/** The pictures show what the README's tables say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmePictures } from './readme-pictures';
import { readmeTable } from './readme-tables';

const FOLDER = join(__dirname, '../pictures');
const PICTURES = readmePictures(readFileSync(join(__dirname, '../README.md'), 'utf8'));

test.each(Object.entries(PICTURES))('%s is as `npm run bench:pictures` writes it', (name, svg) => {
  expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(svg);
});

test('there is no other picture', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(PICTURES).sort());
});

const TABLE = [
  '| µs | ours | ws |',
  '| --- | ---: | -: |',
  '| 16 B | 1,070 (2×) | – |',
  '',
  'text',
];

test('a table is read by its heads', () => {
  expect(readmeTable(TABLE.join('\n'), 'µs')).toEqual([
    { name: '16 B', figures: new Map([['ours', 1070]]) },
  ]);
});

test('a table that is not there is named', () => {
  expect(() => readmeTable(TABLE.join('\n'), 'KiB')).toThrow('there is no table of KiB');
});

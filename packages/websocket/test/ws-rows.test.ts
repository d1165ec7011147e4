/** The guide's rows about the server of `ws` are tried, all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf } from './support/ws-rows';

const TESTS = readdirSync(__dirname)
  .filter((name) => /^ws-server-.*\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'));

test.each(cellsOf('The server'))('%s', (cell) => {
  expect(
    TESTS.filter(
      (source) => source.includes(`what: '${cell}'`) || source.includes(`what: "${cell}"`),
    ),
  ).toHaveLength(1);
});

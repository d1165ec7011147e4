/** The guide's rows about `ws` are tried, all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headingsOf } from './support/ws-rows';

const TESTS = readdirSync(__dirname)
  .filter((name) => /^ws-(?!rows).*\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'));

test.each(['The server', 'The connection', 'The options'].flatMap(headingsOf))('%s', (cell) => {
  expect(
    TESTS.filter(
      (source) => source.includes(`what: '${cell}'`) || source.includes(`what: "${cell}"`),
    ),
  ).toHaveLength(1);
});

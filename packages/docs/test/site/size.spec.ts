/** The built site stays small: what is in every page is there some hundred times. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from './built-site';

const LARGEST = 20_000_000;

test('the site has less than 20 MB', () => {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
  const sizes = files.map((file) => statSync(join(DIST, file))).filter((file) => file.isFile());
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  expect(sizes.length).toBeGreaterThan(300);
  expect(total).toBeLessThan(LARGEST);
});

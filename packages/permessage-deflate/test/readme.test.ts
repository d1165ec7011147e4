/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carry } from './example';
import { prose } from './messages';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the example compresses a message, and one that is like it even more', async () => {
  const text = prose(3000).toString();
  const first = await carry(text);
  expect(first.received).toBe(text);
  expect(first.octets).toBeLessThan(1500);
  const second = await carry(text);
  expect(second.received).toBe(text);
  expect(second.octets).toBeLessThan(first.octets / 10);
});

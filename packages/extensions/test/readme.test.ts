/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roundTrip } from './example';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the example takes a message there', async () => {
  expect(await roundTrip(Uint8Array.of(1, 2, 3))).toEqual(Uint8Array.of(1, 2, 3));
});

test('the example minds how long a message may be', async () => {
  await expect(roundTrip(new Uint8Array(1025))).rejects.toThrow('longer than 1024 bytes');
});

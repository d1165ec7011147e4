/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerWebSocket } from '@ws/server';
import { echoing, observed } from '../../websocket/test/support/observed';
import { TestServer } from '../../websocket/test/support/test-server';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the example talks to an echo server', async () => {
  const server = await TestServer.listen((...upgrade) =>
    observed(echoing(new ServerWebSocket(...upgrade, ['chat']))),
  );
  process.env['URL'] = server.url;
  const logged: unknown[][] = [];
  const closed = new Promise<void>((resolve) => {
    jest.spyOn(console, 'log').mockImplementation((...line: unknown[]) => {
      if (logged.push(line) === 2) resolve();
    });
  });
  jest.requireActual<object>('./example');
  await closed;
  expect(logged).toEqual([['hello'], [1000, 'that was all']]);
  expect(await (await server.next()).closed).toMatchObject({ wasClean: true });
  jest.restoreAllMocks();
  delete process.env['URL'];
});

/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXTENSION_OPTIONS } from '@ws/permessage-deflate';
import { ServerWebSocket } from '@ws/server';
import { echoing, observed } from '../../websocket/test/support/observed';
import { entriesOf } from '../../websocket/test/support/readme-entries';
import { TestServer } from '../../websocket/test/support/test-server';
import { open, proxyThat } from './proxy';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the README has an entry for every option, and no other', () => {
  const own = [...read('../src/options.ts').matchAll(/^ {2}(\w+)\?: /gm)].map(([, name]) => name);
  const options = [...EXTENSION_OPTIONS, ...own];
  expect(entriesOf(read('../README.md'), 'Options').sort()).toEqual(options.sort());
});

test('the example talks to an echo server, through a proxy', async () => {
  const proxy = await proxyThat(open);
  const server = await TestServer.listen((...upgrade) =>
    observed(echoing(new ServerWebSocket(...upgrade, ['chat']))),
  );
  const { HTTP_PROXY } = process.env;
  process.env['URL'] = server.url;
  process.env['HTTP_PROXY'] = proxy.origin;
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
  expect(proxy.asked).toHaveLength(1);
  jest.restoreAllMocks();
  delete process.env['URL'];
  delete process.env['HTTP_PROXY'];
  if (HTTP_PROXY !== undefined) process.env['HTTP_PROXY'] = HTTP_PROXY;
});

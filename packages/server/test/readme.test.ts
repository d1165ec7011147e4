/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { closeFrame, frame, TEXT } from '../../websocket/test/support/frames';
import { RawClient } from '../../websocket/test/support/raw-client';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the example answers', async () => {
  process.env['PORT'] = '0';
  const logged = new Promise((resolve) => {
    jest.spyOn(console, 'log').mockImplementation(resolve);
  });
  const { server } = jest.requireActual<{ server: Server }>('./example');
  if (!server.listening) await once(server, 'listening');
  const client = await RawClient.open((server.address() as AddressInfo).port);
  client.write(frame(TEXT, 'hello'));
  expect((await client.readFrame()).payload.toString()).toBe('You said: hello');
  client.write(closeFrame(1000));
  await client.readFrame();
  await client.readRest();
  expect(await logged).toBe('ws://example.com/demo closed with 1000');
  server.close();
  await once(server, 'close');
  jest.restoreAllMocks();
  delete process.env['PORT'];
});

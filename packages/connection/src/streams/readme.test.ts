/** The example of streams in the README is `streams-example.ts`, word for word, and does what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';
import {
  download,
  downloadOne,
  echo,
  readUntil,
  relay,
  upload,
  webEcho,
} from '../../test/streams-example';

const read = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');

test('the README shows the example', () => {
  expect(read('README.md')).toContain('```ts\n' + read('test/streams-example.ts') + '```\n');
});

test.each([echo, webEcho])('$name sends back what comes', async (answer) => {
  const { client, server } = new Joined().open();
  const events = record(client);
  const answering = Promise.resolve(answer(server as never)).catch(() => 'the client has closed');
  client.send('a');
  client.send(Buffer.of(1));
  await settled();
  client.close(1000);
  await answering;
  expect(events.slice(0, 2)).toEqual([
    ['message', 'a'],
    ['message', Buffer.of(1)],
  ]);
});

test('relay joins two', async () => {
  const [one, other] = [new Joined().open(), new Joined().open()];
  const relaying = relay(one.server, other.client);
  const events = record(other.server);
  one.client.send('a');
  one.client.close(4001, 'why');
  expect(await relaying).toBe(true);
  expect(events).toEqual([
    ['message', 'a'],
    ['close', 4001, 'why', true],
  ]);
});

test('readUntil reads until a message, and closes', async () => {
  const { client, server } = new Joined().open();
  for (const text of ['a', 'b', 'c']) server.send(text);
  expect(await readUntil(client as never, 'b')).toEqual(['a', 'b']);
  await settled();
  expect(server.readyState).toBe(server.CLOSED);
});

test('upload sends a file, download writes it', async () => {
  const { client, server } = new Joined().open();
  const output = new PassThrough();
  const path = join(__dirname, '../../package.json');
  const downloaded = download(server, output);
  await upload(client, path);
  await downloaded;
  expect(String(output.read())).toBe(readFileSync(path, 'utf8'));
});

test('downloadOne writes a message, and leaves the next to listeners', async () => {
  const { client, server } = new Joined().open();
  const output = new PassThrough();
  const heard = record(server);
  client.send(Buffer.from('first'));
  client.send('second');
  await downloadOne(server, output);
  await settled();
  expect(String(output.read())).toBe('first');
  expect(heard).toEqual([['message', 'second']]);
  server.terminate();
});

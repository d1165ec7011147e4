/** The README has every option and member; its example is `example.ts`, word for word, and does what it says. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { entriesOf } from '../../websocket/test/support/readme-entries';
import { EVENT_SOURCE_OPTIONS, EventSource } from '../src';
import { connect } from './streaming';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

const namesIn = (section: string): string[] => entriesOf(read('../README.md'), section).sort();

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

test('the options and the members have entries', () => {
  expect(namesIn('Options')).toEqual([...EVENT_SOURCE_OPTIONS].sort());
  const members = Object.getOwnPropertyNames(EventSource.prototype).filter(
    (name) => !['constructor', 'toJSON'].includes(name),
  );
  expect(namesIn('Members')).toEqual([...members, 'isEventSource'].sort());
});

test('the example goes on where a client has stopped', async () => {
  process.env['PORT'] = '0';
  const logged = new Promise((resolve) => {
    jest.spyOn(console, 'log').mockImplementation(resolve);
  });
  const { server } = jest.requireActual<{ server: Server }>('./example');
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const first = await connect(port);
  expect(await first.data(3)).toEqual(['one', 'two', 'three']);
  expect(first.parser.retry).toBe(1000);
  first.leave();
  expect(await logged).toBe(`http://localhost:${port}/ closed`);
  const headers = { Accept: 'text/event-stream', 'Last-Event-ID': '2' };
  const second = await connect(port, { headers });
  expect(await second.data(1)).toEqual(['three']);
  second.leave();
  expect((await connect(port, { headers: {} })).response.statusCode).toBe(406);
  server.close();
  await once(server, 'close');
  jest.restoreAllMocks();
  delete process.env['PORT'];
});

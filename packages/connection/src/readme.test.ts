/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { say, server, webSocketOver } from '../test/example';
import { entriesOf } from '../../websocket/test/support/readme-entries';
import { CLIENT, CONNECTION_OPTIONS } from './';

const read = (path: string): string => readFileSync(join(__dirname, '..', path), 'utf8');

test('the README shows the example', () => {
  expect(read('README.md')).toContain('```ts\n' + read('test/example.ts') + '```\n');
});

test('the README has an entry for every option, and no other', () => {
  expect(entriesOf(read('README.md'), 'Options').sort()).toEqual([...CONNECTION_OPTIONS].sort());
});

describe('the example', () => {
  let port: number;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  test('gets an answer, and closes', async () => {
    const answers: unknown[] = [];
    const ws = say(port, 'hello', (answer) => answers.push(answer));
    const [event] = (await once(ws as never, 'close')) as [CloseEvent];
    expect(answers).toEqual(['you said: hello']);
    expect([event.code, event.reason, event.wasClean]).toEqual([1000, 'thanks', true]);
  });

  test('can be closed before it is open', async () => {
    const stream = connect(port, '127.0.0.1');
    const ws = webSocketOver(stream, CLIENT);
    ws.close();
    const [event] = (await once(ws as never, 'error')) as [ErrorEvent];
    expect(event.message).toBe('the WebSocket was closed before the connection was open');
    stream.destroy();
    await once(stream, 'close');
  });
});

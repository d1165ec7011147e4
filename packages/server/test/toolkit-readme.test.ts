/** The README's section about the toolkit: its example, word for word, does what it says, and its entries are complete. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { UpgradeContext, WebSocketServer } from '@ws/server';
import { closeFrame, frame, TEXT } from '../../websocket/test/support/frames';
import { entriesOf } from '../../websocket/test/support/readme-entries';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');
const SECTION = read('../README.md').split('\n## The toolkit\n')[1].split('\n## ')[0];

/** The reasons in the first cells of the table of refusals. */
function refusals(): string[] {
  const [, table] = SECTION.split('\n### Refusals\n');
  return [...table.split('\n### ')[0].matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).sort();
}

/** The members of an interface, or of a type that is a union, in a source. */
function membersOf(path: string, type: string, member: RegExp): string[] {
  const source = read(`../src/toolkit/${path}`).split(new RegExp(`\\b${type}\\b[^{;|]*[{|]`))[1];
  const body = source.split(/\n}|;\n\n/)[0];
  return [...body.matchAll(member)].map(([, name]) => name).sort();
}

const PROPERTY = /^ {2}(\w+)\??: /gm;

const methodsOf = ({ prototype }: { prototype: object }): string[] =>
  Object.getOwnPropertyNames(prototype)
    .filter((name) => !['constructor', 'toJSON'].includes(name))
    .sort();

test('the README shows the example', () => {
  expect(SECTION).toContain('```ts\n' + read('toolkit-example.ts') + '```\n');
});

test.each([
  ['Options of a WebSocketServer', membersOf('options.ts', 'WebSocketServerOptions', PROPERTY)],
  ['What the hook is given', methodsOf(UpgradeContext)],
  ['What the hook returns', membersOf('acceptance.ts', 'Acceptance', PROPERTY)],
  ['Events', membersOf('events.ts', 'WebSocketServerEvents', PROPERTY)],
  ['Members', [...methodsOf(WebSocketServer), 'for'].sort()],
])('%s: there is an entry for each, and no other', (section, names) => {
  expect(names.length).toBeGreaterThan(4);
  expect(entriesOf(SECTION, section).sort()).toEqual(names);
});

test('the table of refusals has every reason, and no other', () => {
  expect(refusals()).toEqual(membersOf('../refusal-reason.ts', 'RefusalReason', /'(\w+)'/g));
});

test('the example is a chat with rooms, for those who have logged in', async () => {
  process.env['PORT'] = '0';
  const { chat, listening } = jest.requireActual<{ chat: WebSocketServer; listening: Server }>(
    './toolkit-example',
  );
  if (!listening.listening) await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const connect = (cookie: string): Promise<RawClient> =>
    RawClient.connect(port, head({ ...HYBI_13, Cookie: cookie }, 'GET /chat/blue HTTP/1.1'));

  expect(await (await connect('')).readRest()).toMatch(/^HTTP\/1\.1 401 [^]*Log in first\.$/);
  const clients = await Promise.all([connect('sid=a1b2c3'), connect('sid=a1b2c3')]);
  for (const client of clients) expect(await client.readHead()).toMatch(/^HTTP\/1\.1 101 /);
  while (chat.clients.size < 2) await new Promise(setImmediate);
  clients[0].write(frame(TEXT, 'hello'));
  expect((await clients[1].readFrame()).payload.toString()).toBe('Ada: hello');

  process.removeAllListeners('SIGTERM');
  const closing = chat.close({ code: 1012 });
  for (const client of clients) {
    expect((await client.readFrame()).payload.readUInt16BE()).toBe(1012);
    client.write(closeFrame(1012));
  }
  await closing;
  listening.close();
  await once(listening, 'close');
  delete process.env['PORT'];
});

/** Every server of the examples answers requests that are for no WebSocket: pages, and upgrades to HTTP/2. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createDemo } from '../src/demo/server';
import { shutDown } from './endings';

const PACKAGES = join(__dirname, '..', '..');
const README_CODE = join(PACKAGES, 'examples', 'src', 'readme');

type Start = () => Server;

/** The functions `start…Server` of the examples whose code is in the READMEs. */
const STARTED = readdirSync(README_CODE)
  .map((file) => join(README_CODE, file))
  .flatMap((file) =>
    Object.entries(jest.requireActual<Record<string, (port: number) => Server>>(file)),
  )
  .filter(([name]) => name.endsWith('Server'))
  .map(([name, start]): [string, Start] => [name, () => start(0)]);

/** Examples of single packages, which listen on `PORT` when they are loaded. */
const LOADED = ['server', 'handshake'].map((name): [string, Start] => [
  `the example of @ws/${name}`,
  () => {
    process.env['PORT'] = '0';
    const path = join(PACKAGES, name, 'test', 'example.ts');
    return jest.requireActual<{ server: Server }>(path).server;
  },
]);

const SERVERS: [string, Start][] = [
  ...STARTED,
  ...LOADED,
  ['the demo', () => createDemo().server.listen(0)],
];

/** Where Node asks whether a request is an upgrade, one to HTTP/2 gets the page. */
const ASKS_FOR_UPGRADES = 'shouldUpgradeCallback' in createServer();

const GET = 'GET / HTTP/1.1\r\nHost: example.com\r\n';
const PAGE = `${GET}Connection: close\r\n\r\n`;
const H2C = `${GET}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`;

/** What comes back, until the server has ended the connection. */
async function answerTo(server: Server, request: string): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port).setEncoding('latin1');
  socket.write(request);
  let answer = '';
  for await (const chunk of socket) answer += chunk as string;
  return answer;
}

test('these are all examples with a server of HTTP', () => {
  const servers = readdirSync(README_CODE).filter((file) =>
    readFileSync(join(README_CODE, file), 'utf8').includes('createServer('),
  );
  expect(STARTED).toHaveLength(servers.length);
});

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  jest.spyOn(process, 'once').mockReturnThis();
});

afterEach(() => {
  jest.restoreAllMocks();
});

test.each(SERVERS)('%s answers GET / and an upgrade to h2c', async (name, start) => {
  const server = start();
  const [page, h2c] = [await answerTo(server, PAGE), await answerTo(server, H2C)];
  await shutDown(server);
  delete process.env['PORT'];
  if (name === 'the demo') {
    expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(h2c).toMatch(
      ASKS_FOR_UPGRADES ? /^HTTP\/1\.1 200 OK\r\n/ : /^HTTP\/1\.1 400 Bad Request\r\n/,
    );
  } else if (name === 'startPageServer') {
    expect([page, h2c].map((answer) => answer.split('\r\n')[0])).toEqual(
      Array(2).fill('HTTP/1.1 200 OK'),
    );
    expect([page, h2c].every((answer) => answer.endsWith('the page /'))).toBe(true);
  } else {
    expect(page).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: /);
    expect(h2c).toMatch(/^HTTP\/1\.1 4\d\d .*\r\nConnection: close(?:, Upgrade)?\r\n/s);
  }
});

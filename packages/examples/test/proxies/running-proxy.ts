/**
 * nginx and haproxy of this machine, with the configurations of `proxies/`. Without them the tests are skipped, unless
 * REQUIRE_PROXIES=1 demands them: then they fail.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { releaseLater } from '../../../websocket/test/support/release';

export type ProxyName = 'nginx' | 'haproxy';

/** What is another in a configuration: text that is in it, and what is there instead. */
export type Changes = Readonly<Record<string, string>>;

const CONFIGURATIONS = join(__dirname, '../../proxies');
const LISTEN = { nginx: 'listen 80', haproxy: 'bind :80' } as const;
const FILES = { nginx: 'nginx.conf', haproxy: 'haproxy.cfg' } as const;
/** Debian has them in a folder that is not in everybody's PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
/** What is said when another process has got the port first. */
const PORT_TAKEN = /address already in use|cannot bind/i;

/** Clients have an address of their own, 127.0.0.7, which is there on Linux alone. */
const isRunnable = process.platform === 'linux' && find('nginx') && find('haproxy');

/** `test` where the proxies are there, or must be. */
export const proxyTest: jest.It =
  isRunnable || process.env['REQUIRE_PROXIES'] === '1' ? test : test.skip;

/** The text of a proxy's configuration. */
function configurationOf(name: ProxyName): string {
  return readFileSync(join(CONFIGURATIONS, FILES[name]), 'utf8');
}

/**
 * Starts a proxy in front of a port of 127.0.0.1, until the test is over.
 *
 * @param listening what the line says, too, that makes it listen
 * @returns the port that it listens on
 */
export async function startProxy(
  name: ProxyName,
  behind: number,
  changes: Changes = {},
  listening = '',
): Promise<number> {
  const path = find(name);
  if (path === undefined) throw new Error(`${name} was not found; Debian has it as a package`);
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  releaseLater(() => rmSync(folder, { recursive: true }));
  for (;;) {
    const port = await freePort();
    const config = changed(configurationOf(name), {
      '127.0.0.1:8080': `127.0.0.1:${behind}`,
      [LISTEN[name]]: `${LISTEN[name].replace(/:?80/, ` 127.0.0.1:${port}`)}${listening}`,
      ...changes,
    });
    if (await isListening(port, start[name](path, folder, config))) return port;
  }
}

/** Starts one with everything that it writes in `folder`. */
const start: Record<ProxyName, (path: string, folder: string, config: string) => ChildProcess> = {
  nginx: (path, folder, config) => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((what) => `${what}_temp_path ${folder}/${what};`)
      .join(' ');
    const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
      events {} http { access_log off; ${temporary} ${config} }`;
    writeFileSync(join(folder, 'main.conf'), main);
    return spawn(path, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'main.conf')]);
  },
  haproxy: (path, folder, config) => {
    writeFileSync(join(folder, 'main.cfg'), config);
    return spawn(path, ['-db', '-f', join(folder, 'main.cfg')]);
  },
};

/** Resolves when the proxy listens; false when it has ended, as the port was taken. */
async function isListening(port: number, proxy: ChildProcess): Promise<boolean> {
  const ended = once(proxy, 'close');
  let said = '';
  proxy.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  releaseLater(async () => {
    proxy.kill('SIGTERM');
    await ended;
  });
  while (proxy.exitCode === null) {
    if (await canConnect(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await ended;
  if (PORT_TAKEN.test(said)) return false;
  throw new Error(said);
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const could = await new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
  socket.destroy();
  return could;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function changed(text: string, changes: Changes): string {
  return Object.entries(changes).reduce((before, [what, instead]) => {
    if (!before.includes(what)) throw new Error(`the configuration has no ${what}`);
    return before.replaceAll(what, () => instead);
  }, text);
}

function find(name: ProxyName): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The servers beside frameworks, each in a process of its own that gets SIGTERM. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import WebSocket from '@ws/websocket';
import { bundled } from '../../../child-process/test/bundled';
import type { Bundled } from '../../../child-process/test/bundled';
import { next } from '../endings';

const SOURCES = join(__dirname, '..', '..', 'src', 'frameworks');
const FRAMEWORKS = ['express', 'fastify', 'koa', 'hono'];

let modules: Bundled;
let child: ChildProcess | null = null;

beforeAll(async () => {
  const sources = ['http', ...FRAMEWORKS].map((name) => join(SOURCES, `${name}.ts`));
  modules = await bundled(sources, [...FRAMEWORKS, 'express-session', '@fastify/*', '@hono/*']);
});

afterAll(() => modules.remove());

afterEach(() => {
  child?.kill('SIGKILL');
});

test.each([
  ['http', 'startHttpServer'],
  ['express', 'startExpressServer'],
  ['fastify', 'startFastifyServer'],
  ['koa', 'startKoaServer'],
  ['hono', 'startHonoServer'],
])('%s: a client gets 1012, and the process exits with 0', async (name, start) => {
  const program = `
    Promise.resolve(require(${JSON.stringify(join(modules.folder, name))}).${start}(0)).then((server) => {
      const tell = () => console.log(server.address().port);
      if (server.listening) tell();
      else server.on('listening', tell);
    });
  `;
  const running = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = running;
  const complaints = text(running.stderr);
  const exit = once(running, 'exit');
  const [port] = (await once(createInterface(running.stdout), 'line')) as [string];
  const page = await fetch(`http://localhost:${port}/login?token=adas-link`, {
    redirect: 'manual',
  });
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const ws = new WebSocket(`ws://localhost:${port}/chat/lobby`, [], {
    headers: { Cookie: cookies.join('; ') },
  });
  await next(ws, 'open');
  const closed = next(ws, 'close');
  running.kill('SIGTERM');
  const { code, reason, wasClean } = await closed;
  expect({ code, reason, wasClean }).toEqual({ code: 1012, reason: 'restart', wasClean: true });
  expect(await exit).toEqual([0, null]);
  expect(await complaints).toBe('');
});

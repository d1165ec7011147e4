/** The demo as a process: what it says, and how it goes. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from '@ws/websocket';
import { bundled } from '../../child-process/test/bundled';
import type { Bundled } from '../../child-process/test/bundled';
import { next } from './endings';

const EXAMPLES = join(__dirname, '..');

let scripts: Bundled;
let main: string;
const children: ChildProcess[] = [];

/** The page is as far from the script as it is from the built one. */
beforeAll(async () => {
  scripts = await bundled([join(EXAMPLES, 'src', 'demo', 'main.ts')]);
  const folder = join(scripts.folder, 'lib', 'demo');
  main = join(folder, 'main.js');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(scripts.folder, 'main.js'), main);
  cpSync(join(EXAMPLES, 'public'), join(scripts.folder, 'public'), { recursive: true });
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => scripts.remove());

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...env } });
  children.push(child);
  return child;
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it, and every page is told', async (signal) => {
  const child = start({ PORT: '0' });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const [url] = /http:\S+/.exec(line.toString())!;
  const ws = new WebSocket(url.replace('http', 'ws'));
  await next(ws, 'open');
  await fetch(url).then((response) => response.text());
  const closed = next(ws, 'close');
  // A terminal sends it to all processes, and npm passes it on: it comes twice.
  child.kill(signal);
  child.kill(signal);
  const { code, wasClean } = await closed;
  expect([code, wasClean]).toEqual([1001, true]);
  expect(await exited).toEqual([0, null]);
});

test('it says what is wrong with the port, and fails', async () => {
  const child = start({ PORT: 'none' });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stderr!, 'data')) as [Buffer];
  expect(line.toString()).toBe('PORT is "none"; it must be a number up to 65535.\n');
  expect(await exited).toEqual([1, null]);
});

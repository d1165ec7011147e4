/** Every example is run as its README says, and prints what the README shows. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import WebSocket from '@ws/websocket';
import { bundled } from '../../child-process/test/bundled';
import type { Bundled } from '../../child-process/test/bundled';
import { hangUp } from './endings';

const PACKAGE = join(__dirname, '..');
const SOURCES = join(PACKAGE, 'src');

const EXAMPLES = readdirSync(SOURCES).filter((name) => existsSync(join(SOURCES, name, 'main.ts')));
/** They serve until they are stopped. The demo needs the files of its page; tests of its own run it. */
const SERVING = ['demo', 'frameworks'];
const TALKING = EXAMPLES.filter((name) => !SERVING.includes(name));
const RUN = [...TALKING, 'frameworks'].sort();
const FRAMEWORKS = ['express', 'fastify', 'hono', 'http', 'koa'];
/** Packages that are not bundled. */
const EXTERNAL = ['express*', '@fastify/*', 'fastify', 'hono', '@hono/*', 'koa'];

/** Environment in which examples take a second instead of many. */
const QUICK = { PORT: undefined, MEBIBYTES: '8', OVER: '100' };

let scripts: Bundled;

beforeAll(async () => {
  const mains = RUN.map((name) => join(SOURCES, name, 'main.ts'));
  scripts = await bundled([join(SOURCES, 'run.ts'), ...mains], EXTERNAL);
});

afterAll(() => scripts.remove());

function readmeOf(name: string): string {
  return readFileSync(join(SOURCES, name, 'README.md'), 'utf8');
}

/** What the README shows as output, in which `…` stands for anything in its line. */
function shownBy(readme: string): RegExp {
  const [, output] = /```text\n(.*?)```\n/s.exec(readme)!;
  const escaped = output.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '.+');
  return new RegExp(`^${escaped}$`);
}

describe.each(EXAMPLES)('the README of %s', (name) => {
  test('says how to start it, in a few lines', () => {
    const readme = readmeOf(name);
    expect(readme).toContain('npm run example -- ' + name);
    expect(readme.split('\n').length).toBeLessThan(45);
  });

  test('is in the index', () => {
    expect(readFileSync(join(PACKAGE, 'README.md'), 'utf8')).toContain(`(src/${name}/README.md)`);
  });
});

function spawnExample(args: string[], env: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(scripts.folder, 'run.js'), ...args], {
    env: { ...process.env, ...env },
  });
}

/** Runs `npm run example` until it ends. */
async function run(...args: string[]): Promise<{ code: unknown; output: string; errors: string }> {
  const child = spawnExample(args, QUICK);
  const exited = new Promise((resolve) => child.on('close', resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, output, errors };
}

test.each(TALKING)('%s prints what its README shows, and ends', async (name) => {
  const { code, output, errors } = await run(name);
  expect(errors).toBe('');
  expect(output).toMatch(shownBy(readmeOf(name)));
  expect(code).toBe(0);
});

test.each([
  [[], 'Which one?'],
  [['none'], 'There is no example "none".'],
])('with the arguments %j the examples are listed', async (args, problem) => {
  const { code, output, errors } = await run(...args);
  const listed = RUN.map((each) => `  npm run example -- ${each}`);
  expect(errors).toBe(`${[problem, ...listed].join('\n')}\n`);
  expect([code, output]).toEqual([1, '']);
});

test.each(FRAMEWORKS)('frameworks %s says where to log in, and serves', async (name) => {
  const child = spawnExample(['frameworks', name], { PORT: '0' });
  const exited = once(child, 'exit');
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [page] = /http:\S+/.exec(line.toString())!;
    const { status, headers } = await fetch(page, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([302, '/online']);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
});

test('without the name of a framework they are listed', async () => {
  const { code, errors } = await run('frameworks');
  expect([code, errors]).toEqual([1, `Which one? ${FRAMEWORKS.join(', ')}\n`]);
});

test('with a port the server of an example stays there', async () => {
  const child = spawnExample(['echo'], { PORT: '0' });
  const exited = once(child, 'exit');
  try {
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      output += chunk as string;
      if (output.includes('Ctrl+C')) break;
    }
    const ws = new WebSocket(/ws:\S+/.exec(output)![0]);
    await ws.opened;
    await hangUp(ws);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
});

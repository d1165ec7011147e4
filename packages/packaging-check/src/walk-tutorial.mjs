/**
 * Walks a page of the tutorial as a reader would, in an empty folder with the packed packages: writes its files, runs its
 * commands, and talks to every server that it starts.
 *
 * `node walk-tutorial.mjs chat.md`, after `npm run build`
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { URL } from 'node:url';
import { run } from './command.mjs';
import { pack, publishedPackages, ROOT } from './repository.mjs';
import { withScratchFolder } from './scratch.mjs';

const PAGES = join(ROOT, 'packages', 'docs', 'tutorial');
const BLOCK = /^```(\w+)(?: \[([\w.-]+)(\+?)\])?\n(.*?)^```$/gms;
const OFFLINE = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts'];

await withScratchFolder(async (scratch) => {
  const tarballs = await pack(publishedPackages(), scratch);
  const folder = join(scratch, 'chat');
  await mkdir(folder);
  const page = await readFile(join(PAGES, process.argv[2]), 'utf8');
  for (const [, language, file, more, code] of page.matchAll(BLOCK)) {
    if (file !== undefined) await (more ? appendFile : writeFile)(join(folder, file), code);
    else if (language === 'sh') await runAll(code.trim().split('\n'), folder, tarballs);
  }
});

async function runAll(lines, folder, tarballs) {
  for (const line of lines) {
    if (line.startsWith('mkdir ')) continue;
    else if (line === 'npm install @ws/websocket') await installPacked(folder, tarballs);
    else if (line.startsWith('npm install --save-dev '))
      await link(folder, line.split(' ').slice(3));
    else if (line === 'npx tsc')
      await run(join(ROOT, 'node_modules/.bin/tsc'), [], { cwd: folder });
    else if (line.startsWith('node ')) await talkTo(folder, line.split(' ')[1]);
    else await run('npm', line.split(' ').slice(1), { cwd: folder });
  }
}

async function installPacked(folder, tarballs) {
  await run('npm', [...OFFLINE, ...tarballs.map(({ path }) => path)], { cwd: folder });
}

/** What comes from the registry is that of the repository. */
async function link(folder, names) {
  for (const name of names) {
    const path = join(folder, 'node_modules', name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), path);
  }
}

async function talkTo(folder, program) {
  const { Client } = createRequire(join(folder, 'a.js'))('@ws/websocket');
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(createInterface(child.stdout), 'line');
    const url = new URL(line.replace('Open ', ''));
    const source = await readFile(join(folder, program), 'utf8');
    await talk(Client, url);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await exit;
    if (source.includes('SIGTERM')) assert.equal(code, 0);
    console.log(`${program}: ${line}`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Two clients in a room hear each other. */
async function talk(Client, url) {
  const clients = ['Ada', 'Bob'].map((name) => {
    url.searchParams.set('name', name);
    return new Client(url.href.replace('http', 'ws'));
  });
  await Promise.all(clients.map(({ opened }) => opened));
  const heard = clients.map((ws) => hear(ws, 'hello'));
  clients[0].send('hello');
  await Promise.all(heard);
}

function hear(ws, end) {
  return new Promise((resolve) => {
    ws.on('message', ({ data }) => String(data).endsWith(end) && resolve());
  });
}

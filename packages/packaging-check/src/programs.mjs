/**
 * Programs of npm that were written for faye-websocket, in projects whose override puts the packed
 * umbrella in its place, and the scripts that use them.
 */
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from './command.mjs';
import { Unavailable } from './report.mjs';
import { buildPublished } from './repository-build.mjs';
import { folderOf, pack, publishedPackages } from './repository.mjs';

const HERE = join(import.meta.dirname, '..');
/** The project of most programs. */
export const PROGRAMS = join(HERE, 'programs');
/** One of its own, for it is old and large. */
export const WEBPACK_DEV_SERVER = join(HERE, 'webpack-dev-server');

const LOCK = 'package-lock.json';
const SCRIPT_TIMEOUT = 60_000;
const QUIETLY = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** The names of a project's scripts. */
export async function scriptsOf(project) {
  return (await readdir(project)).filter((file) => /\.[cm]js$/.test(file));
}

/**
 * Installs a project: packs what the sources of this repository are now, and installs that and what
 * the lock names.
 *
 * @param {string} project
 * @param {string} folder an empty one, outside of the repository
 */
export async function installProject(project, folder) {
  await prepare(project, folder);
  await npm(folder, 'ci', '--prefer-offline');
}

/** Writes a project's lock anew: without the address of a registry, or hashes of what is packed each time. */
export async function lockProject(project, folder) {
  await prepare(project, folder);
  await npm(folder, 'install', '--package-lock-only', '--omit-lockfile-registry-resolved');
  const lock = JSON.parse(await readFile(join(folder, LOCK), 'utf8'));
  for (const entry of Object.values(lock.packages)) {
    if (entry.resolved?.startsWith('file:')) delete entry.integrity;
  }
  await writeFile(join(project, LOCK), `${JSON.stringify(lock, null, 2)}\n`);
}

/** Runs a script in an installed project; it fails by throwing. */
export async function runScript(node, folder, script) {
  await run(node.path, [script], { cwd: folder, timeout: SCRIPT_TIMEOUT });
}

/** The tarballs have names without a version, so that package.json and the lock outlive releases. */
async function prepare(project, folder) {
  await cp(project, folder, { recursive: true });
  await cp(join(PROGRAMS, 'support'), join(folder, 'support'), { recursive: true });
  const tarballs = join(folder, 'tarballs');
  await mkdir(tarballs);
  const names = publishedPackages();
  await buildPublished(names);
  for (const { name, path } of await pack(names, tarballs)) {
    await rename(path, join(tarballs, `${basename(folderOf(name))}.tgz`));
  }
}

async function npm(folder, ...args) {
  try {
    await run('npm', [...args, ...QUIETLY], { cwd: folder });
  } catch (cause) {
    const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(cause.message);
    throw offline ? new Unavailable(`the npm registry cannot be reached\n${cause.message}`) : cause;
  }
}

/**
 * Where runtimes are found or installed from. The registry has packages for one platform with the
 * program inside, which need no install script.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './command.mjs';
import { Unavailable } from './report.mjs';
import { installFromRegistry } from './scratch.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The Node that runs this. */
const THIS_NODE = { version: process.versions.node, path: process.execPath };

/**
 * This Node, and those that are named, each installed in a step.
 *
 * @param {import('./report.mjs').Report} report
 * @param {string} scratch a folder for them
 * @param {string} majors such as `22,24`, or nothing
 * @returns {Promise<{ version: string, path: string }[]>}
 */
export async function installNodes(report, scratch, majors) {
  const nodes = [THIS_NODE];
  for (const major of majors.split(',').filter((name) => name !== '')) {
    await report.step(`Node ${major} installed`, async () => {
      nodes.push(await installNode(scratch, major));
    });
  }
  return nodes;
}

/** Installs the newest Node of a major version. */
async function installNode(scratch, major) {
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(await install(join(scratch, `node-${major}`), name, major), 'bin', 'node');
  const version = (await run(path, ['--version'], { cwd: scratch })).trim().slice(1);
  return { version, path };
}

/** The path of a Chromium that is in PATH. @throws {Unavailable} */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => BROWSERS.map((name) => join(folder, name)));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Unavailable(`none of ${BROWSERS.join(', ')} is in PATH`);
  return found;
}

/** The path of a newly installed Bun. @throws {Unavailable} */
export async function installBun(scratch) {
  const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;
  const name = `@oven/bun-${process.platform}-${arch}`;
  return join(await install(join(scratch, 'bun'), name, 'latest'), 'bin', 'bun');
}

/** The path of a newly installed Deno. @throws {Unavailable} */
export async function installDeno(scratch) {
  const library = process.platform === 'linux' ? '-glibc' : '';
  const name = `@deno/${process.platform}-${process.arch}${library}`;
  return join(await install(join(scratch, 'deno'), name, 'latest'), 'deno');
}

async function install(folder, name, version) {
  try {
    return await installFromRegistry(folder, name, version);
  } catch (cause) {
    throw new Unavailable(`${name}@${version} cannot be installed\n${cause.message}`, { cause });
  }
}

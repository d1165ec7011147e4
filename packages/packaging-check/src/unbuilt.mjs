/** A copy of the repository in which nothing is built: `npm pack` has to build there, or to fail. */
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from './command.mjs';
import { folderOf, ROOT } from './repository.mjs';

/** The umbrella: its types need those of all other packages. */
const FOLDER = basename(folderOf('@ws/websocket'));
const LEFT_OUT = /^(?:\.git|\.vitepress|node_modules|lib|dist|packed|.*\.(?:tsbuildinfo|log|tgz))$/;

/**
 * @param {import('./report.mjs').Report} report
 * @param {string} scratch a folder for the copy
 */
export async function checkUnbuilt(report, scratch) {
  const copy = join(scratch, 'unbuilt');
  await cp(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(basename(path)) });
  await report.step('npm pack where nothing is installed fails, and packs nothing', () =>
    assertFails(copy, join(scratch, 'packed-without-modules')),
  );
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  await report.step('npm pack where nothing is built builds first', () =>
    assertBuilds(copy, join(scratch, 'packed-unbuilt')),
  );
}

async function assertFails(copy, destination) {
  await assert.rejects(packInto(copy, destination), /cannot be built, so it is not packed/);
  assert.deepEqual(await readdir(destination), []);
}

async function assertBuilds(copy, destination) {
  const [{ files }] = JSON.parse(await packInto(copy, destination));
  const code = files.map(({ path }) => path).filter((path) => path.startsWith('dist/'));
  const built = ['index.d.ts', 'index.js', 'stream.d.ts', 'stream.js'];
  assert.deepEqual(
    code.toSorted(),
    built.map((file) => `dist/${file}`),
  );
}

async function packInto(copy, destination) {
  await mkdir(destination);
  const args = ['pack', '--json', '--foreground-scripts=false', '--pack-destination', destination];
  return run('npm', args, { cwd: join(copy, 'packages', FOLDER) });
}

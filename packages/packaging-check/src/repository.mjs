/** The repository: where it is, which packages it publishes, how they are built and packed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The folder of a package. */
export function folderOf(name) {
  return join(ROOT, 'packages', name.replace(/^@ws\//, ''));
}

/** The path of a program that a development dependency brings. */
export function toolPath(name) {
  return join(ROOT, 'node_modules', '.bin', name);
}

/** The names of the packages that are published. */
export function publishedPackages() {
  const folders = readdirSync(join(ROOT, 'packages'));
  return folders
    .map((folder) => join(ROOT, 'packages', folder, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .filter((manifest) => manifest.private !== true)
    .map((manifest) => manifest.name);
}

/** Builds packages and what they depend on. */
export async function build(names) {
  await run(toolPath('tsc'), ['-b', ...names.map(folderOf)], { cwd: ROOT });
}

/**
 * Packs packages as they would be published.
 *
 * @param {string[]} names
 * @param {string} folder where the tarballs go
 * @returns {Promise<{ name: string, path: string, files: string[] }[]>} `files` by their paths
 * inside the package
 */
export async function pack(names, folder) {
  const workspaces = names.map((name) => `--workspace=${name}`);
  const args = ['pack', '--json', '--pack-destination', folder, ...workspaces];
  const packed = JSON.parse(await run('npm', args, { cwd: ROOT }));
  return packed.map(({ name, filename, files }) => ({
    name,
    path: join(folder, filename),
    files: files.map((file) => file.path),
  }));
}

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

/** The package.json of a package. */
export function manifestOf(name) {
  return JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'));
}

/** The names of the packages that are published. */
export function publishedPackages() {
  return readdirSync(join(ROOT, 'packages'))
    .filter((folder) => existsSync(join(ROOT, 'packages', folder, 'package.json')))
    .map(manifestOf)
    .filter((manifest) => manifest.private !== true)
    .map((manifest) => manifest.name);
}

/**
 * Packs packages that were built, as they would be published.
 *
 * @param {string[]} names
 * @param {string} folder where the tarballs go
 * @returns {Promise<{ name: string, path: string, files: string[] }[]>} `files` by their paths
 * inside the package
 */
export async function pack(names, folder) {
  const workspaces = names.map((name) => `--workspace=${name}`);
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces];
  const packed = JSON.parse(await run('npm', args, { cwd: ROOT }));
  return packed.map(({ name, filename, files }) => ({
    name,
    path: join(folder, filename),
    files: files.map((file) => file.path),
  }));
}

/** Folders outside of the repository, where nothing of it can be found by accident. */
import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';

const ALONE = [
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--ignore-scripts',
  '--loglevel=error',
];

/** Gives `work` the path of a new empty folder, and removes it afterwards. */
export async function withScratchFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'packages-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes a project that has installed tarballs, and nothing else: npm asks no registry.
 *
 * @param {string} folder is made
 * @param {string} programs the folder whose files the project gets
 * @param {string[]} tarballs
 */
export async function createProject(folder, programs, tarballs) {
  await mkdir(folder);
  await cp(programs, folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--offline', ...ALONE, ...tarballs], { cwd: folder });
}

/** Installs a package of the registry into a folder of its own; returns where the package is. */
export async function installFromRegistry(folder, name, version) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--prefer-offline', ...ALONE, `${name}@${version}`];
  await run('npm', args, { cwd: folder });
  return join(folder, 'node_modules', name);
}

/** Judging one tarball: what is in it, what its package.json promises, what its types say. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { run } from './command.mjs';
import { folderOf, ROOT, toolPath } from './repository.mjs';

const REQUIRED = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts'];
const PUBLISHED = /^dist\/[^/]+\.(?:js|d\.ts)$|^[^/]+$/;

/** The files a package needs are there, and no others are. */
export async function checkContents({ name, files }) {
  const missing = REQUIRED.filter((file) => !files.includes(file));
  const unwanted = files.filter((file) => !PUBLISHED.test(file));
  refuse([
    ...missing.map((file) => `${file} is missing`),
    ...unwanted.map((file) => `${file} should not be published`),
  ]);
  const [own, root] = await Promise.all([folderOf(name), ROOT].map(licenseIn));
  refuse(own === root ? [] : ['LICENSE differs from that of the repository']);
  return `${files.length} files`;
}

function licenseIn(folder) {
  return readFile(join(folder, 'LICENSE'), 'utf8');
}

/** publint has nothing to say, not even a suggestion. */
export async function checkManifest({ path }) {
  const tarball = new Uint8Array(await readFile(path)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball } });
  refuse(messages.map((message) => `${message.type}: ${formatMessage(message, pkg)}`));
}

/** Every entry point has the right types in every resolution mode; no rule is ignored. */
export async function checkTypes({ path }) {
  await run(toolPath('attw'), ['--profile', 'strict', '--format', 'ascii', path], { cwd: ROOT });
}

function refuse(problems) {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

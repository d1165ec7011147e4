/**
 * The command `npm run pack:all [-- FOLDER]`: builds and packs every published package, and says how to install them. They
 * depend on each other, so they are installed all at once.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPublished } from './repository-build.mjs';
import { pack, publishedPackages, ROOT } from './repository.mjs';

const { positionals } = parseArgs({ allowPositionals: true });
const folder = resolve(positionals[0] ?? join(ROOT, 'packed'));
const names = publishedPackages();

await mkdir(folder, { recursive: true });
await buildPublished(names);
for (const { path } of await pack(names, folder)) process.stdout.write(`${path}\n`);
process.stdout.write(`\nIn your project:\n\n    npm install ${join(folder, '*.tgz')}\n\n`);

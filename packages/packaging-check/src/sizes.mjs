/** What the packages weigh: as they are published, and in the bundle of a program that uses them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { format } from 'prettier';
import { codeOf } from './bundle.mjs';
import { folderOf, publishedPackages, ROOT } from './repository.mjs';

const README = join(ROOT, 'packages', 'packaging-check', 'README.md');
const TABLE = /(?<=<!-- sizes -->\n)[^]*(?=<!-- \/sizes -->)/;
const ROW = /^\| `(@ws\/[a-z-]+)` +\| +(\S+) +\| +(\S+) +\| +(\S+) +\|$/gm;

/**
 * The sizes of a package in KB (1,000 bytes): its code as published; that, compressed by gzip; a bundle
 * of it with all that it needs, minified and compressed.
 *
 * @param {string} name
 * @returns {Promise<number[]>}
 */
export async function sizesOf(name) {
  const published = Buffer.from((await codeOf(name)).map(({ code }) => code).join(''));
  const bundled = await bytesOf({
    entryPoints: [join(folderOf(name), 'src', 'index.ts')],
    outdir: '.',
    bundle: true,
    alias: Object.fromEntries(
      publishedPackages().map((other) => [other, folderOf(other) + '/src']),
    ),
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    write: false,
  });
  return [published.length, gzipSync(published).length, gzipSync(bundled).length].map(
    (size) => size / 1000,
  );
}

/** Writes the table of the README anew. */
export async function writeSizes() {
  const rows = [];
  for (const name of publishedPackages()) {
    const sizes = await sizesOf(name);
    rows.push(`| \`${name}\` | ${sizes.map((size) => size.toFixed(1)).join(' | ')} |`);
  }
  const head =
    '| package | code | compressed | with all that it needs |\n| --- | --: | --: | --: |';
  const text = (await readFile(README, 'utf8')).replace(TABLE, `\n${head}\n${rows.join('\n')}\n\n`);
  await writeFile(README, await format(text, { parser: 'markdown', printWidth: 100 }));
}

/** What the table says: the sizes of each package. */
export async function writtenSizes() {
  const [table] = TABLE.exec(await readFile(README, 'utf8'));
  return new Map([...table.matchAll(ROW)].map(([, name, ...sizes]) => [name, sizes.map(Number)]));
}

async function bytesOf(options) {
  const { outputFiles } = await build(options);
  return Buffer.concat(outputFiles.map(({ contents }) => contents));
}

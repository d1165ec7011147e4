/**
 * What a package is published as: its code in one file for each entry point, its types in another. A
 * program loads a few files instead of hundreds, and no more than what is used is installed.
 *
 * Names are kept, so that stacks and profiles say where they are; comments and blanks are not. A source
 * map lies beside the code, for the repository alone.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';
import { folderOf, manifestOf } from './repository.mjs';

/** Only comments and blanks are removed. Lines are kept short, for Node prints the one that threw. */
const BLANKS_ONLY = {
  compress: false,
  mangle: false,
  ecma: 2020,
  format: { comments: false, max_line_len: 120 },
};
const OTHER_PACKAGES = /^(?:@ws\/|node:)/;

/** The entry points of a package, as its `exports` name them: `index`, `stream`. */
function entriesOf(name) {
  const targets = Object.values(manifestOf(name).exports);
  return targets.flatMap((target) => /^\.\/dist\/(.+)\.js$/.exec(target)?.[1] ?? []);
}

/** How esbuild makes the code of a package. */
export function codeOptions(name) {
  const folder = folderOf(name);
  return {
    entryPoints: entriesOf(name).map((entry) => join(folder, 'src', `${entry}.ts`)),
    outdir: join(folder, 'dist'),
    bundle: true,
    packages: 'external',
    // not by the repository's own, whose paths lead to the sources of other packages
    tsconfigRaw: { compilerOptions: { target: 'es2023', strict: true } },
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    write: false,
    logLevel: 'warning',
  };
}

/**
 * The code of a package, for each of its entry points.
 *
 * @returns {Promise<{ path: string, code: string, map: string }[]>}
 */
export async function codeOf(name) {
  const { outputFiles } = await build({ ...codeOptions(name), sourcemap: 'external' });
  const maps = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const files = outputFiles.filter(({ path }) => path.endsWith('.js'));
  return Promise.all(
    files.map(async ({ path, text }) => ({
      path,
      ...(await minify(text, { ...BLANKS_ONLY, sourceMap: { content: maps.get(`${path}.map`) } })),
    })),
  );
}

/** Writes `dist/NAME.js` for each entry point of a package, from its sources. */
export async function bundleCode(name) {
  const dist = join(folderOf(name), 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  for (const { path, code, map } of await codeOf(name)) {
    await writeFile(path, `${code}\n`);
    await writeFile(`${path}.map`, map);
  }
}

/** Writes `dist/NAME.d.ts` for each entry point of a package, from what tsc has made in `lib`. */
export async function bundleTypes(name) {
  const folder = folderOf(name);
  for (const entry of entriesOf(name)) {
    const input = join(folder, 'lib', `${entry}.d.ts`);
    const bundle = await rollup({ input, external: OTHER_PACKAGES, plugins: [dts()], onLog: fail });
    const { output } = await bundle.generate({ format: 'es' });
    await bundle.close();
    const types = withExportAssignment(output[0].code, await readFile(input, 'utf8'));
    const values = await valuesOf(name, entry);
    await writeFile(join(folder, 'dist', `${entry}.d.ts`), withTypesMarked(types, values));
  }
}

/** What rollup warns of is a mistake, but for an import that only types which are not published have used. */
function fail(level, { code, message }) {
  if (level === 'warn' && code !== 'UNUSED_EXTERNAL_IMPORT') throw new Error(message);
}

/** Rollup makes a default export of `export =`, which is another thing to TypeScript. */
function withExportAssignment(types, source) {
  if (!/^export = /m.test(source)) return types;
  const assigned = types.replace(/^export \{ (\w+) as default \};$/m, 'export = $1;');
  if (assigned === types) throw new Error('the types have lost their `export =`');
  return assigned;
}

/** The names that the code of an entry point exports; types export more. */
async function valuesOf(name, entry) {
  const entryPoints = [join(folderOf(name), 'src', `${entry}.ts`)];
  const options = { ...codeOptions(name), entryPoints, format: 'esm', metafile: true };
  const { metafile } = await build(options);
  return new Set(Object.values(metafile.outputs).flatMap((output) => output.exports));
}

/** Rollup forgets which names were exported as types alone; who imported one of these would find no value. */
function withTypesMarked(types, values) {
  return types.replace(/^export \{ (.*) \}/gm, (_, list) => {
    const names = list.split(', ');
    const marked = names.map((name) =>
      values.has(name.split(' as ').at(-1)) ? name : `type ${name}`,
    );
    return `export { ${marked.join(', ')} }`;
  });
}

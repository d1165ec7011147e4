/**
 * What a package is published as: its code in one file for each entry point, its types in another. What
 * not every program needs may be in a file that is loaded later. A program loads a few files instead of
 * hundreds, and no more than what is used is installed.
 *
 * Local names are short, and there are no comments and blanks. Functions, classes and properties keep
 * their names, so that stacks and profiles say where they are. A source map lies beside the code, for the
 * repository alone.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';
import { givenNames, hidePrivateMethods, showPrivateMethods } from './kept-names.mjs';
import { withPlainVariables } from './plain-variables.mjs';
import { folderOf, manifestOf } from './repository.mjs';
import { sources } from './source-plugin.mjs';

const OTHER_PACKAGES = /^(?:@ws\/|node:)/;
/** A file of the same package that is loaded when it is first used. */
const LOADED_LATER = /\brequire\(['"]\.\/([\w-]+)['"]\)/g;

/** What is exported is a property, and not a getter: that is quicker to load, and to call before it is optimized. */
const COMMONJS = {
  format: 'cjs',
  esModule: true,
  interop: 'esModule',
  externalLiveBindings: false,
  generatedCode: { constBindings: true },
  sourcemap: true,
};

/** Only how a statement is written changes: no function is moved into another one, so that stacks show all. */
const STATEMENTS = {
  defaults: false,
  booleans: true,
  comparisons: true,
  conditionals: true,
  if_return: true,
  join_vars: true,
  sequences: true,
};

/** What a source file says about itself. No editor shows it: it describes no declaration. */
const ABOUT_A_FILE = /^\/\*\*(?:(?!\*\/)[^])*\*\/\n\n/gm;

/** How terser makes code small. Lines are kept short, for Node prints the one that threw. */
function smallness(reserved) {
  const kept = { keep_fnames: true, keep_classnames: true };
  return {
    ecma: 2020,
    compress: { ...STATEMENTS, ...kept },
    mangle: { ...kept, toplevel: true, reserved },
    // with no other character in it, V8 keeps a file in half the memory
    format: { comments: false, ascii_only: true, max_line_len: 120 },
  };
}

/** What rollup has made, in little space. */
async function small({ code, map }) {
  const plain = withPlainVariables(code);
  const { hidden, names } = hidePrivateMethods(plain);
  const minified = await minify(hidden, {
    ...smallness([...givenNames(plain), ...names]),
    sourceMap: { content: map.toString() },
  });
  return { code: showPrivateMethods(minified.code, names), map: minified.map };
}

/** The entry points of a package, as its `exports` name them: `index`, `stream`. */
function entriesOf(name) {
  const targets = Object.values(manifestOf(name).exports);
  return targets.flatMap((target) => /^\.\/dist\/(.+)\.js$/.exec(target)?.[1] ?? []);
}

/** An entry point in one file, as rollup makes it. */
async function bundled(input, plugins, options) {
  const bundle = await rollup({ input, external: OTHER_PACKAGES, plugins, onLog: fail });
  const { output } = await bundle.generate(options);
  await bundle.close();
  return output[0];
}

function bundledCode(name, entry) {
  const input = join(folderOf(name), 'src', `${entry}.ts`);
  return bundled(input, [sources], COMMONJS);
}

/**
 * The code of a package: a file for each of its entry points, and for each file that one of them loads later.
 *
 * @returns {Promise<{ file: string, code: string, map: string }[]>}
 */
export async function codeOf(name) {
  const files = await Promise.all(entriesOf(name).map((entry) => filesFrom(name, entry)));
  return files.flat();
}

async function filesFrom(name, entry) {
  const bundles = [await bundledCode(name, entry)];
  for (const [, file] of bundles[0].code.matchAll(LOADED_LATER)) {
    bundles.push(await bundledCode(name, file));
  }
  refuseShared(bundles);
  return Promise.all(
    bundles.map(async (bundle) => ({ file: bundle.name, ...(await small(bundle)) })),
  );
}

/** A module in two files would be there twice, with a state and classes of its own. */
function refuseShared(bundles) {
  const modules = bundles.flatMap(({ moduleIds }) => moduleIds);
  const shared = modules.filter((module, index) => modules.indexOf(module) < index);
  if (shared.length > 0) throw new Error(`in two files of one package: ${shared.join(', ')}`);
}

/** Writes `dist/NAME.js` for each file of a package's code, from its sources. */
export async function bundleCode(name) {
  const dist = join(folderOf(name), 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  for (const { file, code, map } of await codeOf(name)) {
    await writeFile(join(dist, `${file}.js`), `${code}\n`);
    await writeFile(join(dist, `${file}.js.map`), map);
  }
}

/** Writes `dist/NAME.d.ts` for each entry point of a package, from what tsc has made in `lib`. */
export async function bundleTypes(name) {
  const folder = folderOf(name);
  for (const entry of entriesOf(name)) {
    const input = join(folder, 'lib', `${entry}.d.ts`);
    const { code } = await bundled(input, [dts()], { format: 'es' });
    const types = withExportAssignment(
      code.replace(ABOUT_A_FILE, ''),
      await readFile(input, 'utf8'),
    );
    const values = new Set((await bundledCode(name, entry)).exports);
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

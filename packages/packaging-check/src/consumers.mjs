/**
 * Programs that have installed the packages, as their users would: in CommonJS, as an ES module, in
 * TypeScript; under this Node and others.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BUNDLERS } from './bundlers.mjs';
import { run } from './command.mjs';
import { writeIdentity } from './identity.mjs';
import { loadTimes } from './load-time.mjs';
import { ROOT, toolPath } from './repository.mjs';
import { createProject } from './scratch.mjs';

const PROGRAM_TIMEOUT = 60_000;
const FORMATS = ['commonjs.cjs', 'module.mjs'];
const RESTRICTIONS = ['--jitless', '--disallow-code-generation-from-strings'];
/** The folders of programs that use a package. */
export const CONSUMERS = join(import.meta.dirname, '..', 'consumers');

const STRICTLY = ['--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
const NODE_TYPES = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules', '@types')];

/**
 * How TypeScript programs are compiled: with the package's own declarations checked too, and the
 * browser's types in scope or not. What a bundler would get is an ES module as well.
 */
const COMPILATIONS = [
  {
    name: 'TypeScript, nodenext',
    options: ['--module', 'nodenext', '--lib', 'es2023'],
    sources: ['typed.mts', 'typed.cts'],
    outputs: ['typed.mjs', 'typed.cjs'],
  },
  {
    name: 'TypeScript, bundler',
    options: ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2023,dom'],
    sources: ['typed.mts'],
    outputs: ['typed.mjs'],
  },
];

/** The frame parser alone is all that a project needs which wants no more. */
export async function checkFrameParser(report, scratch, tarballs, nodes) {
  const folder = join(scratch, 'frame-parser');
  const own = tarballs.filter(({ name }) => name === '@ws/frame-parser');
  await checkInstall(report, folder, 'frame-parser', own);
  await checkPrograms(report, folder, '@ws/frame-parser', FORMATS, nodes);
}

/** The umbrella, with the packages it depends on. */
export async function checkUmbrella(report, scratch, tarballs, nodes) {
  const folder = join(scratch, 'umbrella');
  await checkInstall(report, folder, 'umbrella', tarballs);
  await writeIdentity(folder);
  await checkPrograms(report, folder, '@ws/websocket', [...FORMATS, 'toolkit.mjs'], nodes);
  await showLoadTimes(report, folder, nodes);
  await checkRestricted(report, folder, nodes);
  await checkBundles(report, folder, join(scratch, 'bundles'), nodes);
  for (const extension of ['mts', 'cts']) {
    await cp(join(folder, 'typed.ts'), join(folder, `typed.${extension}`));
  }
  for (const compilation of COMPILATIONS) {
    await checkTyped(report, folder, compilation, nodes);
  }
}

/** There is no limit: times are those of the machine. `ws` is the repository's. */
async function showLoadTimes(report, folder, nodes) {
  for (const node of nodes) {
    await report.step(`time to load on Node ${node.version}`, () =>
      loadTimes(node.path, { '@ws/websocket': folder, ws: ROOT }),
    );
  }
}

/** Programs that were bundled run where no package is installed. */
async function checkBundles(report, folder, bundles, nodes) {
  await mkdir(bundles);
  for (const [bundler, { extension, bundle }] of Object.entries(BUNDLERS)) {
    const name = `@ws/websocket, bundled by ${bundler}`;
    const output = `${bundler.replace(/\W+/g, '-')}.${extension}`;
    const bundled = await report.step(name, async () => {
      await bundle(join(folder, 'commonjs.cjs'), join(bundles, output));
    });
    if (bundled) await checkPrograms(report, bundles, name, [output], nodes);
  }
}

async function checkInstall(report, folder, programs, tarballs) {
  const names = tarballs.map(({ name }) => name);
  await report.step(`${names.join(', ')} installed from tarballs, offline`, async () => {
    const paths = tarballs.map(({ path }) => path);
    await createProject(folder, join(CONSUMERS, programs), paths);
    assert.deepEqual(await installedIn(folder), names.toSorted());
  });
}

async function installedIn(folder) {
  const modules = join(folder, 'node_modules');
  const scopes = (await readdir(modules)).filter((entry) => !entry.startsWith('.'));
  const packages = scopes.map(async (scope) =>
    (await readdir(join(modules, scope))).map((name) => `${scope}/${name}`),
  );
  return (await Promise.all(packages)).flat().toSorted();
}

async function checkPrograms(report, folder, name, programs, nodes) {
  for (const node of nodes) {
    for (const program of programs) {
      await report.step(`${name}, ${program} on Node ${node.version}`, () =>
        runProgram(node, folder, program),
      );
    }
  }
}

/** A Node may be started so that programs make no code. */
async function checkRestricted(report, folder, nodes) {
  for (const node of nodes) {
    for (const option of RESTRICTIONS) {
      await report.step(`@ws/websocket on Node ${node.version} with ${option}`, () =>
        runProgram(node, folder, 'restricted.cjs', option),
      );
    }
  }
}

async function checkTyped(report, folder, { name, options, sources, outputs }, nodes) {
  const compiled = await report.step(`@ws/websocket, ${name}`, async () => {
    const args = [...STRICTLY, ...NODE_TYPES, ...options, '--outDir', 'out', ...sources];
    await run(toolPath('tsc'), args, { cwd: folder });
  });
  if (!compiled) return;
  for (const node of nodes) {
    for (const output of outputs) {
      await report.step(`@ws/websocket, ${name}, ${output} on Node ${node.version}`, () =>
        runProgram(node, folder, join('out', output)),
      );
    }
  }
}

/**
 * Returns what it prints, if anything.
 *
 * @param {string[]} options of Node; the program gets them, too
 */
async function runProgram(node, folder, program, ...options) {
  const args = [...options, program, ...options];
  const output = await run(node.path, args, { cwd: folder, timeout: PROGRAM_TIMEOUT });
  return output.trim() || undefined;
}

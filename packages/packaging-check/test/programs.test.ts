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

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'programs-'));
    await run(folder, INSTALL_TIMEOUT, INSTALLER, folder);
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(SCRIPTS)('%s', (script) => run(folder, SCRIPT_TIMEOUT, script));
});

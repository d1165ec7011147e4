/** The programs that run a server: this Node, and Bun and Deno where they are installed. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Runtime = 'node' | 'bun' | 'deno';

/** A program and its arguments before the script. */
export type Program = readonly [path: string, ...args: string[]];

/** Where `npm run bench:runtimes` installs. */
const INSTALLED = join(__dirname, '../../../node_modules/.cache/runtimes/bin');

/** How each is started, once without and once with the means to collect garbage. */
const ARGUMENTS: Readonly<Record<Runtime, { plain: string[]; collecting: string[] }>> = {
  node: { plain: [], collecting: ['--expose-gc'] },
  bun: { plain: ['--no-install'], collecting: ['--no-install'] },
  deno: {
    plain: ['run', '--no-remote', '--allow-all'],
    collecting: ['run', '--no-remote', '--allow-all', '--v8-flags=--expose-gc'],
  },
};

/** Whether `runtime` is installed. */
export function isInstalled(runtime: Runtime): boolean {
  return pathOf(runtime) !== undefined;
}

/** How to run a script in `runtime`. @throws {Error} when it is not installed; it says how to do so. */
export function programOf(runtime: Runtime, collecting = false): Program {
  const path = pathOf(runtime);
  if (path === undefined) throw new Error(missing(runtime));
  return [path, ...ARGUMENTS[runtime][collecting ? 'collecting' : 'plain']];
}

/** What to tell when `runtime` is not installed. */
export function missing(runtime: Runtime): string {
  return `${runtime} is not in PATH ('npm run bench:runtimes' installs it)`;
}

function pathOf(runtime: Runtime): string | undefined {
  if (runtime === 'node') return process.execPath;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), INSTALLED];
  return folders.map((folder) => join(folder, runtime)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

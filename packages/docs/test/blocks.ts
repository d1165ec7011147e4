/** Checks types of blocks of code, and runs them, on the sources of the packages. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import ts from 'typescript';
import { publishedPackages } from '../src/packages';
import { PACKAGES, PAGES } from '../src/repository';

const run = promisify(execFile);

/** Every published package by its name, and what is beside the umbrella. */
const SOURCES = {
  '@ws/websocket/stream': join(PACKAGES, 'websocket/src/stream.ts'),
  ...Object.fromEntries(
    publishedPackages(PACKAGES).map(({ name, folder }) => [
      name,
      join(PACKAGES, folder, 'src/index.ts'),
    ]),
  ),
};

/** What TypeScript says of each of some modules. */
export function mistakesIn(modules: readonly string[]): string[][] {
  const files = new Map(modules.map((code, index) => [join(PAGES, `block-${index}.mts`), code]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(PAGES, 'tsconfig.reference.json'), (path) => ts.sys.readFile(path))
      .config,
    ts.sys,
    PAGES,
  );
  options.noUnusedParameters = false;
  const host = ts.createCompilerHost(options);
  const disk = { ...host };
  host.fileExists = (path) => files.has(path) || disk.fileExists(path);
  host.readFile = (path) => files.get(path) ?? disk.readFile(path);
  host.getSourceFile = (path, target) => {
    const code = files.get(path);
    if (code === undefined) return disk.getSourceFile(path, target);
    return ts.createSourceFile(path, code, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((path) => {
    const file = program.getSourceFile(path);
    const found = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  });
}

/** Runs a module until its top level is done; rejected when that throws. */
export async function runModule(code: string): Promise<string> {
  const input = { stdin: { contents: code, loader: 'ts', resolveDir: PAGES } } as const;
  return withBundle(input, 'block.mjs', async (path) => {
    const { stdout } = await run(process.execPath, [join(__dirname, 'run-block.mjs'), path]);
    return stdout;
  });
}

/** Makes one file of a program and the sources of the packages, in a folder for itself; what else it imports is installed. */
export async function withBundle<Result>(
  input: Pick<BuildOptions, 'stdin' | 'entryPoints' | 'format'>,
  name: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(PAGES, '.block-'));
  try {
    const outfile = join(folder, name);
    const common = { bundle: true, format: 'esm', platform: 'node', packages: 'external' } as const;
    await build({ ...common, ...input, outfile, alias: SOURCES });
    return await use(outfile);
  } finally {
    await rm(folder, { recursive: true });
  }
}

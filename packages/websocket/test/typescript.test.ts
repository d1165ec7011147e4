/** Programs of applications, compiled with every TypeScript that is supported, our declarations included. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULES = join(__dirname, '..', '..', '..', 'node_modules');

const COMPILERS: [version: string, name: string][] = [
  ['5.9', 'typescript-5.9'],
  ['6', 'typescript'],
  ['7', 'typescript-7'],
];

const PROGRAMS: [file: string, lib: string][] = [
  ['node.ts', 'es2023'],
  ['dom.ts', 'es2023,dom'],
];

/** A program of habits from elsewhere, and what the compiler says of them, which is of ours. */
const MISTAKES: [file: string, hints: string[]] = [
  'mistakes.ts',
  ['a listener takes one argument, the event: ({ data }) => …', "did you mean 'message'?"],
];

const OPTIONS = '--noEmit --strict --exactOptionalPropertyTypes --target es2022 --module nodenext';

/** What the compiler says of a program. */
function compile(compiler: string, file: string, lib: string): string {
  const path = join(MODULES, compiler, 'bin', 'tsc');
  const program = join(__dirname, 'typescript', file);
  const types = ['--types', 'node', '--typeRoots', join(MODULES, '@types')];
  const args = [path, ...OPTIONS.split(' '), ...types, '--lib', lib, program];
  // Where there is no tsconfig.json: newer compilers ask what to do with it.
  return spawnSync(process.execPath, args, { cwd: tmpdir(), encoding: 'utf8' }).stdout;
}

test('these are all programs', () => {
  const files = readdirSync(join(__dirname, 'typescript'));
  const compiled = [MISTAKES, ...PROGRAMS].map(([file]) => file);
  expect(files.sort()).toEqual(compiled.sort());
});

describe.each(COMPILERS)('TypeScript %s', (_, compiler) => {
  test.each(PROGRAMS)('compiles %s, with lib %s', (file, lib) => {
    expect(compile(compiler, file, lib)).toBe('');
  });

  test('says of habits from elsewhere what to write instead', () => {
    const [file, hints] = MISTAKES;
    const said = compile(compiler, file, 'es2023');
    for (const hint of hints) expect(said).toContain(hint);
  });
});

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

/** A program of habits from elsewhere, and what the compiler says of them, which is of ours. */
const MISTAKES: [file: string, hints: string[]] = [
  'mistakes.ts',
  ['a listener takes one argument, the event: ({ data }) => …', "did you mean 'message'?"],
];

// Ours are checked with the program, and only what the compiler itself brings is not.
const OPTIONS =
  '--noEmit --skipDefaultLibCheck --strict --exactOptionalPropertyTypes --target es2022 --module nodenext';

/** What the compiler says of programs, each a text. */
function compile(compiler: string, files: string[], lib: string): string[] {
  const path = join(MODULES, compiler, 'bin', 'tsc');
  const programs = files.map((file) => join(__dirname, 'typescript', file));
  const types = ['--types', 'node', '--typeRoots', join(MODULES, '@types')];
  const args = [path, ...OPTIONS.split(' '), ...types, '--lib', lib, ...programs];
  // Where there is no tsconfig.json: newer compilers ask what to do with it.
  const { stdout } = spawnSync(process.execPath, args, { cwd: tmpdir(), encoding: 'utf8' });
  // What belongs to the line before is indented.
  return stdout === '' ? [] : stdout.trimEnd().split(/\n(?=\S)/);
}

test('these are all programs', () => {
  const files = readdirSync(join(__dirname, 'typescript'));
  expect(files.sort()).toEqual(['dom.ts', MISTAKES[0], 'node.ts']);
});

describe.each(COMPILERS)('TypeScript %s', (_, compiler) => {
  const [mistakes, hints] = MISTAKES;
  let said: string[];
  const isOfMistakes = (text: string): boolean => text.includes(`${mistakes}(`);

  // In one run, as they have the same libraries.
  beforeAll(() => {
    said = compile(compiler, ['node.ts', mistakes], 'es2023');
  });

  test('compiles node.ts, without the types of browsers', () => {
    expect(said.filter((text) => !isOfMistakes(text))).toEqual([]);
  });

  test('compiles dom.ts, with the types of browsers', () => {
    expect(compile(compiler, ['dom.ts'], 'es2023,dom')).toEqual([]);
  });

  test('says of habits from elsewhere what to write instead', () => {
    const text = said.filter(isOfMistakes).join('\n');
    for (const hint of hints) expect(text).toContain(hint);
  });
});

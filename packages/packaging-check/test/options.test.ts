/** What the commands say of options that are wrong: a sentence, before anything starts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

function run(name: string, ...args: string[]): { status: number | null; output: string } {
  const script = join(__dirname, '..', 'src', `${name.replace(':', '-')}.mjs`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

test.each<[name: string, option: string, sentence: RegExp]>([
  ['check:packages', '--node', /^Unknown option '--node'/],
  [
    'check:packages',
    '--nodes=latest',
    /^--nodes is major versions of Node, such as 22,24,26, and /,
  ],
  ['check:packages', '22', /^Unexpected argument '22'/],
  ['check:programs', '--webpak', /^Unknown option '--webpak'/],
  ['check:runtimes', '--nodes=22', /^Unknown option '--nodes'/],
])('npm run %s -- %s', (name, option, sentence) => {
  const { status, output } = run(name, option);
  expect(output).toMatch(sentence);
  expect(output).toContain(`Usage: npm run ${name} -- [--`);
  expect(output).not.toContain('    at ');
  expect(status).toBe(1);
});

test('--help prints the usage', () => {
  expect(run('check:packages', '--help')).toEqual({
    status: 0,
    output: 'Usage: npm run check:packages -- [--nodes 22,24,26]\n',
  });
});

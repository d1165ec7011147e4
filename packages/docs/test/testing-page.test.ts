/** The page about testing shows tests for three runners. Jest runs its own with all others; here the other two run theirs. */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGES } from '../src/repository';
import { withBundle } from './blocks';

const run = promisify(execFile);
const EXAMPLES = join(PACKAGES, 'examples/test/how-to');
const VITEST = join(PACKAGES, '../node_modules/vitest/vitest.mjs');

/**
 * What is printed by a runner that is started in the folder of a file with tests. In CommonJS, as the packages are, their
 * timers are those of the module `node:timers` at each moment, which node:test replaces; an ES module would keep the first.
 */
async function outputOf(
  example: string,
  format: 'cjs' | 'esm',
  args: (file: string) => string[],
): Promise<string> {
  const name = format === 'cjs' ? 'chat.test.cjs' : 'chat.test.mjs';
  return withBundle({ entryPoints: [join(EXAMPLES, example)], format }, name, async (file) => {
    const { stdout } = await run(process.execPath, args(file), {
      cwd: dirname(file),
      env: { ...process.env, NO_COLOR: '1' },
      timeout: 30_000,
    });
    return stdout;
  });
}

test('vitest runs its tests', async () => {
  const output = await outputOf('chat-server.vitest.ts', 'esm', () => [
    VITEST,
    'run',
    '--root',
    '.',
  ]);
  expect(output).toMatch(/Tests +2 passed \(2\)/);
});

test('node:test runs its tests', async () => {
  const output = await outputOf('chat-server.node-test.ts', 'cjs', (file) => [
    '--test',
    '--test-reporter=tap',
    file,
  ]);
  expect(output).toContain('# pass 3\n# fail 0\n');
});

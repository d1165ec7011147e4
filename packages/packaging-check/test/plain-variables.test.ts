/** How the published code declares what all of a file uses. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '..', 'src', 'plain-variables.mjs')).href;

function plain(code: string): string {
  const program = `import { withPlainVariables } from ${JSON.stringify(MODULE)};
    process.stdout.write(withPlainVariables(${JSON.stringify(code)}));`;
  const args = ['--input-type=module', '--eval', program];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}

test('constants, variables and classes of a file are declared with var, and those of its functions are not', () => {
  const code = `const one = 1; let two;
class Shape extends Base {}
function area() { const side = 3; class Local {} }`;
  expect(plain(code)).toBe(`var   one = 1; var two;
var Shape = class Shape extends Base {};
function area() { const side = 3; class Local {} }`);
});

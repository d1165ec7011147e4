/** Which names the published code keeps: those that stacks and profiles show. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '..', 'src', 'kept-names.mjs')).href;

/** What an expression over the exports of the module, which is an ES module, gives. */
function evaluated(expression: string, code: string): unknown {
  const program = `import * as kept from ${JSON.stringify(MODULE)};
    const code = ${JSON.stringify(code)};
    console.log(JSON.stringify(${expression}));`;
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('variables give their names to functions and classes that have none', () => {
  const code = `const call = () => 1, count = 2; let Shape = class {}; later = function () {};
    var Other = class Named {};
    function own({ part = () => 3 }) {}`;
  expect(evaluated('kept.givenNames(code)', code)).toEqual(['call', 'Shape', 'later', 'part']);
});

test('private methods are hidden, and private fields are not', () => {
  const code =
    'class A { #at = 0; #on = () => 1; async #send() { return this.#at + #send in this } get #size() {} }';
  expect(evaluated('kept.hidePrivateMethods(code)', code)).toEqual({
    hidden:
      'class A { #at = 0; $on = () => 1; async $send() { return this.#at + $send in this } get $size() {} }',
    names: ['$on', '$send', '$size'],
  });
});

test('what was hidden is shown again, and nothing else', () => {
  const code = 'this.$send(`${send}`, $sender, a$send, $)';
  expect(evaluated(`kept.showPrivateMethods(code, ['$send'])`, code)).toBe(
    'this.#send(`${send}`, $sender, a$send, $)',
  );
});

test('code that has the name of a hidden method is refused', () => {
  const code = 'class A { #send() { return "$send" } }';
  expect(() => evaluated('kept.hidePrivateMethods(code)', code)).toThrow(
    'a private method cannot be hidden',
  );
});

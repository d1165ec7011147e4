import { isInstalled, missing, programOf } from './runtimes';

const PATH = process.env['PATH'];

afterEach(() => {
  process.env['PATH'] = PATH;
});

test('Node is the one that runs this', () => {
  expect(isInstalled('node')).toBe(true);
  expect(programOf('node')).toEqual([process.execPath]);
  expect(programOf('node', true)).toEqual([process.execPath, '--expose-gc']);
});

test('what is not installed is reported with how to install it', () => {
  expect(missing('bun')).toBe("bun is not in PATH ('npm run bench:runtimes' installs it)");
});

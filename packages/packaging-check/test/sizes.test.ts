/** What the packages weigh, and what loading them asks of Node. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PACKAGES = join(__dirname, '..', '..');

test('the table of sizes is right, within 5 %', () => {
  const command = join(__dirname, '..', 'src', 'write-sizes.mjs');
  const { stderr, status } = spawnSync(process.execPath, [command, '--check'], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('loading the umbrella loads of Node only what every connection needs', () => {
  const program = `
    const before = new Set(process.moduleLoadList);
    require(${JSON.stringify(join(PACKAGES, 'websocket'))});
    const after = process.moduleLoadList.filter((name) => !before.has(name));
    console.log(JSON.stringify(after));`;
  const { stdout } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' });
  const modules = (JSON.parse(stdout) as string[]).map((name) => name.replace('NativeModule ', ''));
  const heavy = /^(?:crypto|http|https|http2|os|perf_hooks|tls|worker_threads|zlib|.*undici)$/;
  expect(modules).toContain('net');
  expect(modules.filter((name) => heavy.test(name))).toEqual([]);
});

/** What the packages weigh, and what loading them asks of Node. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const UMBRELLA = JSON.stringify(join(__dirname, '..', '..', 'websocket'));

test('the table of sizes is right, within 5 %', () => {
  const command = join(__dirname, '..', 'src', 'write-sizes.mjs');
  const { stderr, status } = spawnSync(process.execPath, [command, '--check'], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

/** What a program prints, as JSON. */
function resultOf(program: string): string[] {
  const { stdout } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' });
  return JSON.parse(stdout) as string[];
}

test('loading the umbrella loads of Node only what every connection needs', () => {
  const modules = resultOf(`
    const before = new Set(process.moduleLoadList);
    require(${UMBRELLA});
    const after = process.moduleLoadList.filter((name) => !before.has(name));
    console.log(JSON.stringify(after));`).map((name) => name.replace('NativeModule ', ''));
  const heavy = /^(?:crypto|http|https|http2|os|perf_hooks|tls|worker_threads|zlib|.*undici)$/;
  expect(modules).toContain('net');
  expect(modules.filter((name) => heavy.test(name))).toEqual([]);
});

test('what compresses is loaded by the first connection that may use it', () => {
  const [before, after] = resultOf(`
    const { Client } = require(${UMBRELLA});
    const loaded = () => Object.keys(require.cache).filter((file) => /permessage-deflate\\.js$/.test(file));
    const before = loaded().length;
    new Client('ws://127.0.0.1:1/', [], { deflate: true }).terminate();
    console.log(JSON.stringify([before, loaded().length]));`);
  expect([before, after]).toEqual([0, 1]);
});

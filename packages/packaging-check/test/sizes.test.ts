/** What the packages weigh, and what loading them asks of Node. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

const PACKAGES = join(__dirname, '..', '..');

test('the table of sizes is right, within 5 %', () => {
  const command = join(__dirname, '..', 'src', 'write-sizes.mjs');
  const { stderr, status } = spawnSync(process.execPath, [command, '--check'], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('loading the umbrella loads of Node only what every connection needs', async () => {
  const { metafile } = await build({
    entryPoints: [join(PACKAGES, 'websocket', 'src', 'index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    outdir: '.',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const modules = new Set(imports.filter(({ external }) => external).map(({ path }) => path));
  expect([...modules].map((path) => path.replace(/^node:/, '')).toSorted()).toEqual([
    'async_hooks',
    'buffer',
    'diagnostics_channel',
    'events',
    'http',
    'https',
    'net',
    'os',
    'perf_hooks',
    'stream',
    'timers',
    'tls',
    'util',
    'zlib',
  ]);
});

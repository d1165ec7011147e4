/** The whole command once, in short: it has to run, whatever the figures are. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from '../../../child-process/test/bundled';

const SCRIPTS = ['main', 'server-process', 'attack-process', 'innocent-process'];

function run(folder: string, ...args: string[]): { status: number | null; rows: string[][] } {
  const script = join(folder, 'main.js');
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) => line.split('|').map((entry) => entry.trim()));
  return { status, rows: rows.map((row) => row.slice(1, -1)) };
}

test('attacks are run on both servers, and a table tells what came of them', async () => {
  const scripts = await bundled(SCRIPTS.map((name) => join(__dirname, `${name}.ts`)));
  const { status, rows } = run(
    scripts.folder,
    '--seconds',
    '0.3',
    '--only',
    'hixie-skipped,refusals',
  );
  scripts.remove();
  expect(status).toBe(0);
  const [head, , ...body] = rows;
  expect(head.slice(0, 4)).toEqual(['attack', 'ours median', 'ours p99', 'ours max']);
  expect(body.map(([attack]) => attack)).toEqual(['nobody', 'hixie-skipped', 'refusals']);
  const [nobody, hixie, refusals] = body.map((row) => row.slice(1));
  for (const figures of [nobody, hixie.slice(0, 5), refusals]) {
    expect(figures.filter((text) => !/^>?\d+(\.\d)?$/.test(text))).toEqual([]);
  }
  expect(hixie.slice(5)).toEqual(Array(5).fill('–'));
});

/** The whole command, in short: it has to run with every peer, whatever the figures are. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled, type Bundled } from '../../child-process/test/bundled';
import { PEER_NAMES } from './peers';

const SCRIPTS = [
  'client-process',
  'codec-process',

  'main',
  'server-process',
  'load-process',
  'peers/bun-process',
  'peers/deno-process',
];

/** Found by Node, so that native add-ons are where their loaders look for them. */
const EXTERNAL = ['ws', 'websocket', 'faye-websocket', 'undici', 'tinybench'];

const FIGURE = /^[\d.,]+( \([\d.]+×\))?$/;

let scripts: Bundled;

beforeAll(async () => {
  scripts = await bundled(
    SCRIPTS.map((name) => join(__dirname, `${name}.ts`)),
    EXTERNAL,
  );
});

afterAll(() => scripts.remove());

/** The rows of the tables, and the peers that were left out. */
function run(...args: string[]): { rows: string[][]; leftOut: string[]; stdout: string } {
  const script = join(scripts.folder, 'main.js');
  const short = ['--rounds', '1', '--seconds', '0.01'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...short, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) => line.split('|').map((entry) => entry.trim()));
  const leftOut = [...stderr.matchAll(/^(\S+) is left out: /gm)].map((match) => match[1]);
  return { rows: rows.map((row) => row.slice(1, -1)), leftOut, stdout };
}

test('a cell is measured with every peer', () => {
  const cells = '125 B UTF-8*';
  const { rows, leftOut } = run('--cells', cells, '--peers', PEER_NAMES.join(','));
  const [head, , figures] = rows;
  expect(head.slice(1)).toEqual(PEER_NAMES.filter((name) => !leftOut.includes(name)));
  for (const [i, figure] of figures.slice(1).entries()) {
    if (head[i + 1] === 'toolkit') expect(figure).toBe('–');
    else expect(figure).toMatch(FIGURE);
  }
});

test.each([
  ['64 B JSON deflate c100 P1', '--peers=ours'],
  ['broadcast 125 B 1 to 1000 P16', '--peers=ours'],
  ['1 KiB text c100 P16', '--clients', '--peers=ours,undici,raw'],
  ['parse 1 KiB text', '--codecs'],
  ['encode client 16 B binary', '--codecs', '--peers=websocket-driver'],
])('%s is measured with %s', (cell, ...options) => {
  const { rows } = run('--cells', cell, ...options);
  const [name, ...figures] = rows[2];
  expect(name).toBe(cell);
  expect(figures.filter((figure) => figure !== '–')).not.toEqual([]);
  for (const figure of figures) expect(figure).toMatch(/^–$|^[\d.,]+( \([\d.]+×\))?$/);
});

test('points of the curves are measured, and their shapes told', () => {
  const args = ['--curves', '--peers=ours,raw', '--cells', 'size 16 B,size 128 B,in flight 1'];
  const { rows, stdout } = run(...args);
  expect(rows.slice(2).map(([name]) => name)).toEqual(['size 16 B', 'size 128 B', 'in flight 1']);
  expect(stdout).toMatch(/^- ours: .+ to 128 B$/m);
});

test('a quiet connection is measured beside a flooding one', () => {
  const cells = '*1 flood of 16 B binary';
  const { rows } = run('--latency', '--cells', cells, '--peers', 'ours,raw');
  expect(rows.slice(2).map(([name]) => name)).toEqual([
    'beside 1 flood of 16 B binary: median',
    'beside 1 flood of 16 B binary: p99',
  ]);
  for (const row of rows.slice(2)) expect(row[1]).toMatch(FIGURE);
});

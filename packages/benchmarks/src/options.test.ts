import { BENCHES } from './benches';
import { checkFileLimit } from './file-limit';
import { readCommand, type Measuring } from './options';

function measuring(...args: string[]): Measuring {
  const command = readCommand(args);
  if (command.command !== 'measure') throw new Error(`it is to ${command.command}`);
  return command;
}

function namesIn({ jobs }: Measuring): string[] {
  return jobs.map(({ bench }) => bench.name);
}

test('servers in all cells are the default', () => {
  const { jobs, rounds, seconds, json, html } = measuring();
  const [servers] = BENCHES;
  expect(jobs).toEqual([{ bench: servers, rows: servers.rows, peers: servers.usualPeers }]);
  expect({ rounds, seconds, json, html }).toEqual({ rounds: 3, seconds: 1 });
});

test('options are read', () => {
  const args = ['--cells', 'handshakes', '--peers', 'ws, raw,ws', '--rounds', '5', '--seconds=0.5'];
  const { jobs, ...rest } = measuring(...args, '--json', 'x.json', '--html', 'x.html');
  expect(jobs).toMatchObject([{ rows: ['handshakes'], peers: ['ws', 'raw'] }]);
  expect(rest).toMatchObject({ rounds: 5, seconds: 0.5, json: 'x.json', html: 'x.html' });
});

test.each(BENCHES.slice(1).filter(({ curves }) => curves === undefined))(
  '--$name is measured instead',
  ({ name }) => expect(namesIn(measuring(`--${name}`))).toEqual([name]),
);

test('--curves measures CPU time and memory, and --quick fewer points of both', () => {
  const [all, quick] = [measuring('--curves'), measuring('--curves', '--quick')];
  expect(namesIn(all)).toEqual(['curves', 'memory curves']);
  expect(namesIn(quick)).toEqual(namesIn(all));
  for (const [i, { rows }] of quick.jobs.entries()) {
    expect(rows.length).toBeLessThan(all.jobs[i].rows.length);
  }
});

test('several can be measured, in the order of the report', () => {
  expect(namesIn(measuring('--memory', '--clients'))).toEqual(['clients', 'memory']);
  expect(namesIn(measuring('--all'))).toEqual(BENCHES.map(({ name }) => name));
});

test('a choice of rows or peers leaves out the benches that have none of them', () => {
  expect(namesIn(measuring('--all', '--cells', 'parse*'))).toEqual(['codecs']);
  expect(namesIn(measuring('--all', '--peers', 'undici'))).toEqual(['clients']);
});

test('--quick chooses what is not chosen', () => {
  const quick = measuring('--quick');
  expect(quick.jobs[0].rows.length).toBeLessThan(BENCHES[0].rows.length);
  const unknown = quick.jobs[0].rows.filter((row) => !BENCHES[0].rows.includes(row));
  expect(unknown).toEqual([]);
  const { jobs, rounds } = measuring('--quick', '--cells', 'handshakes', '--rounds', '4');
  expect(jobs[0].rows).toEqual(['handshakes']);
  expect(jobs[0].peers).toEqual(quick.jobs[0].peers);
  expect(rounds).toBe(4);
});

test('what was measured can be shown and compared', () => {
  expect(readCommand(['--from', 'a', '--from', 'b', '--html', 'c'])).toEqual({
    command: 'show',
    from: ['a', 'b'],
    html: 'c',
  });
  expect(readCommand(['--compare', 'a', 'b'])).toEqual({ command: 'compare', files: ['a', 'b'] });
});

test.each([
  [['--rounds', '0'], /--rounds is a whole number from 1 to 100, not '0'/],
  [['--rounds', '1.5'], /--rounds/],
  [['--seconds', 'x'], /--seconds is a number from 0.01 to 30, not 'x'/],
  [
    ['--peers', 'nobody'],
    /no peer is called 'nobody'; the peers are ours, ours-bytes, toolkit, ws/,
  ],
  [['--stream', '--peers', 'ws'], /no peer is called 'ws'; the peers are ours/],
  [['--cells', 'nothing'], /no cell matches 'nothing'; the cells are:[^]*handshakes/],
  [['--compare', 'a'], /--compare takes two files/],
  [['handshakes'], /'handshakes' is not an option/],
  [['--unknown'], /--unknown/],
])('%j is refused', (args, message) => {
  expect(() => readCommand(args)).toThrow(message);
});

test('too low a limit of open files is reported before anything is opened', () => {
  expect(() => checkFileLimit(10_099, 10_100)).toThrow(/'ulimit -n 10100'/);
  expect(() => checkFileLimit(10_100, 10_100)).not.toThrow();
});

import { CELLS } from './cells';
import { checkFileLimit } from './memory';
import { readOptions } from './options';

test('the whole matrix is the default', () => {
  expect(readOptions([])).toEqual({
    cells: CELLS,
    peers: [
      ...['ours', 'toolkit', 'ws', 'ws+bufferutil', 'faye', 'websocket'],
      ...['bun', 'deno', 'raw', 'raw-static'],
    ],
    rounds: 3,
    seconds: 1,
    subject: 'matrix',
    json: undefined,
    help: false,
  });
});

test('options are read', () => {
  const args = ['--cells', 'handshakes', '--peers', 'ws, raw,ws', '--rounds', '5', '--seconds=0.5'];
  expect(readOptions([...args, '--json', 'x.json'])).toMatchObject({
    cells: [{ name: 'handshakes' }],
    peers: ['ws', 'raw'],
    rounds: 5,
    seconds: 0.5,
    json: 'x.json',
  });
});

test.each([
  ['memory', ['ours', 'toolkit', 'ws', 'bun', 'raw']],
  ['bomb', ['ours', 'ws']],
  ['stream', ['ours']],
])('--%s has peers of its own', (subject, peers) => {
  expect(readOptions([`--${subject}`])).toMatchObject({ subject, peers });
});

test.each([
  [['--rounds', '0'], /--rounds is a whole number from 1 to 100, not '0'/],
  [['--rounds', '1.5'], /--rounds/],
  [['--seconds', 'x'], /--seconds is a number from 0.1 to 30, not 'x'/],
  [['--peers', 'nobody'], /no peer is called 'nobody'; the peers are ours, toolkit, ws/],
  [['--cells', 'nothing'], /no cell matches/],
  [['--memory', '--bomb'], /--memory and --bomb are measured one at a time/],
  [['--stream', '--peers', 'ours,ws'], /--stream is measured of ours alone/],
  [['--unknown'], /--unknown/],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('too low a limit of open files is told before anything is opened', () => {
  expect(() => checkFileLimit(10_099, 10_100)).toThrow(/'ulimit -n 10100'/);
  expect(() => checkFileLimit(10_100, 10_100)).not.toThrow();
});

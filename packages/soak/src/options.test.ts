import { addressesFor, checkFileLimit, clientProcessesFor } from './limits';
import { readOptions } from './options';

test('a long run with any seed is the default', () => {
  expect(readOptions([], () => 2 ** 30 - 1)).toEqual({
    connections: 10_000,
    minutes: 15,
    seed: 2 ** 30 - 1,
    report: undefined,
    json: undefined,
    help: false,
  });
});

test('options are read', () => {
  const args = ['--connections', '50', '--minutes=0.5', '--seed', '7', '--report', 'a', '--json=b'];
  expect(readOptions(args)).toMatchObject({
    connections: 50,
    minutes: 0.5,
    seed: 7,
    report: 'a',
    json: 'b',
  });
});

test.each([
  [['--connections', '0'], /--connections is a whole number from 1 to 1000000, not '0'/],
  [['--connections', '1.5'], /--connections/],
  [['--minutes', 'x'], /--minutes is a number from 0.1 to 10080, not 'x'/],
  [['--minutes='], /--minutes/],
  [['--seed', '-1'], /--seed/],
  [['--unknown'], /--unknown/],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('too low a limit of open files is told before anything is opened', () => {
  expect(() => checkFileLimit(1199, 1000)).toThrow(/'ulimit -n 1200'/);
  expect(() => checkFileLimit(1200, 1000)).not.toThrow();
});

test.each([
  [1, 1],
  [5000, 1],
  [5001, 2],
  [10_000, 2],
])('%d connections are dealt out to %d addresses and processes', (connections, count) => {
  expect(addressesFor(connections)).toBe(count);
  expect(clientProcessesFor(connections)).toBe(count);
});

import { ATTACKS } from './attacks';
import { readOptions, USAGE } from './options';

test('all attacks on both servers are the default', () => {
  expect(readOptions([])).toEqual({
    attacks: [...ATTACKS.keys()],
    peers: ['ours', 'ws'],
    seconds: 5,
    help: false,
  });
});

test('options are read, and nobody comes first', () => {
  const args = ['--only', 'resets, pongs,resets', '--peer', 'ws', '--seconds=0.5'];
  expect(readOptions(args)).toEqual({
    attacks: ['nobody', 'resets', 'pongs'],
    peers: ['ws'],
    seconds: 0.5,
    help: false,
  });
});

test.each([
  [['--seconds', '0'], /--seconds is a number from 0.1 to 60, not '0'/],
  [['--seconds='], /--seconds/],
  [['--only', 'resets,unheard-of'], /no attack is called 'unheard-of'; the attacks are nobody, /],
  [['--only', ''], /no attack is called ''/],
  [['--peer', 'toString'], /--peer is ours, ws or both, not 'toString'/],
  [['--unknown'], /--unknown/],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test.each([...ATTACKS.keys()])('the usage names %s', (name) => {
  expect(USAGE).toContain(`  ${name} `);
});

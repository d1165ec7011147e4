import fc from 'fast-check';
import type { Model } from './model';
import { readOptions, usage } from './options';

const MODELS = ['apples', 'pears'].map((name): Model => {
  return { name, law: `${name} are fruit`, runs: 1, property: fc.property(fc.nat(), () => true) };
});

test('without arguments all models take turns for a minute', () => {
  expect(readOptions([], MODELS)).toMatchObject({ models: MODELS, minutes: 1, path: undefined });
});

test('everything can be said', () => {
  const args = ['--minutes', '0.5', '--model', 'pears', '--seed=-12', '--path', '1:0:33'];
  const expected = { models: [MODELS[1]], minutes: 0.5, seed: -12, path: '1:0:33' };
  expect(readOptions(args, MODELS)).toMatchObject(expected);
});

test('the usage names every model with its law', () => {
  expect(usage(MODELS)).toContain('  pears   pears are fruit');
});

test.each([
  ['--minutes 0', "--minutes is a number over 0, at most 43200, not '0'"],
  ['--minutes soon', "--minutes is a number over 0, at most 43200, not 'soon'"],
  ['--model plums', "--model is one of apples, pears, not 'plums'"],
  ['--seed 1.5', "--seed is a whole number of at most 2147483647, not '1.5'"],
  ['--seed 4294967296', "--seed is a whole number of at most 2147483647, not '4294967296'"],
  ['--path 1:2', '--path goes with the --model and the --seed that it was printed with'],
  ['--model pears --seed 1 --path x', "--path is numbers and colons, not 'x'"],
  ['--hours 1', "Unknown option '--hours'"],
  ['10', "Unexpected argument '10'"],
])('%s is refused', (line, message) => {
  expect(() => readOptions(line.split(' '), MODELS)).toThrow(message);
});

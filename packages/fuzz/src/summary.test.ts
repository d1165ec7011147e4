import fc from 'fast-check';
import type { Model } from './model';
import { summaryOf } from './summary';

function model(name: string): Model {
  return { name, law: 'it holds', runs: 1, property: fc.property(fc.integer(), () => true) };
}

test('a run ends with the line that no law was broken', () => {
  const counts = new Map([
    [model('link'), 1200],
    [model('frames'), 34],
  ]);
  expect(summaryOf({ counts, failure: null }, 60.04).split('\n')).toEqual([
    'link                         1200',
    'frames                         34',
    `No law was broken: 1,234 inputs for 2 models in 60.0 s, Node ${process.version}.`,
  ]);
});

test('so does a run of one model', () => {
  const counts = new Map([[model('link'), 7]]);
  expect(summaryOf({ counts, failure: null }, 1)).toContain('broken: 7 inputs for 1 model in');
});

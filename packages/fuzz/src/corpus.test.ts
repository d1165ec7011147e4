/** Everything in the corpus, whole and in every regular cut. */
import { decode } from './bytes/told';
import { corpus, decoderOf, wireOf, type Entry } from './corpus';

const ENTRIES = corpus();

test('there is something of every decoder', () => {
  const decoders = new Set(ENTRIES.map(({ at }) => at));
  expect([...decoders].sort()).toEqual(['client', 'hixie-75', 'hixie-76', 'server']);
});

test('names tell entries apart', () => {
  expect(new Set(ENTRIES.map(({ name }) => name)).size).toBe(ENTRIES.length);
});

test.each(ENTRIES)('$name', (entry) => {
  const wire = wireOf(entry);
  for (const cuts of [[], [1], [2], [3, 1], [64]]) {
    for (const pauses of [false, true]) {
      for (const borrowed of [false, true]) {
        const told = decode(decoderOf(entry), wire, { cuts, pauses, borrowed });
        expect(told).toEqual(entry.told);
      }
    }
  }
});

test.each(['8', '8g', '(81'])('%s is no wire', (wire) => {
  const entry: Entry = { name: 'bad', at: 'client', wire, told: [] };
  expect(() => wireOf(entry)).toThrow('bad: the wire is not written in hexadecimal');
});

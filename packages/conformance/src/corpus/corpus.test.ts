import { CORPORA, contents, messages } from '.';

test.each(CORPORA)('$name has its size, and is the same every time', (corpus) => {
  expect(contents(corpus)).toHaveLength(corpus.octets);
  expect(corpus.make(corpus.octets).equals(contents(corpus))).toBe(true);
});

test.each(CORPORA)('$name is read round and round', (corpus) => {
  const next = messages(corpus, 100_000);
  const parts = Array.from({ length: 12 }, () => next().data);
  const ring = Buffer.concat(parts);
  const octets = contents(corpus);
  expect(ring.subarray(0, octets.length).equals(octets.subarray(0, ring.length))).toBe(true);
  const again = ring.subarray(octets.length, 2 * octets.length);
  expect(again.equals(octets.subarray(0, again.length))).toBe(true);
});

test('text is cut by characters', () => {
  const next = messages(CORPORA[0], 1000);
  const texts = Array.from({ length: 50 }, () => next());
  expect(texts.every(({ kind, data }) => kind === 'text' && data.toString().length === 1000)).toBe(
    true,
  );
  expect(texts.some(({ data }) => data.length > 1000)).toBe(true);
});

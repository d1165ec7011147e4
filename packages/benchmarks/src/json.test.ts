import { jsonMessage } from './json';

test.each([40, 64, 160, 161, 1024, 16_384])('%i bytes are exactly so many, and JSON', (size) => {
  for (let seed = 0; seed < 20; seed++) {
    const message = jsonMessage(size, seed);
    expect(message.length).toBe(size);
    expect(JSON.parse(message.toString())).toMatchObject({ note: expect.any(String) as string });
  }
});

test('long messages hold records', () => {
  const { items } = JSON.parse(jsonMessage(1024, 1).toString()) as { items: object[] };
  expect(items.length).toBeGreaterThan(4);
  expect(Object.keys(items[0])).toEqual(['id', 'user', 'at', 'price', 'tags', 'done']);
});

test('the same seed gives the same message, another one another', () => {
  expect(jsonMessage(64, 7)).toEqual(jsonMessage(64, 7));
  const different = new Set(
    Array.from({ length: 1024 }, (_, seed) => jsonMessage(64, seed).toString()),
  );
  expect(different.size).toBe(1024);
});

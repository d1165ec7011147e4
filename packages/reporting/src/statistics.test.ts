import { median, spread } from '.';

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[10, 9, 100, 1], 9.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  [[3], 0],
  [[8, 10, 12], 0.2],
  [[0, 9, 10, 11, 1000], 0.1],
  [[0, 0], 0],
])('the spread of %j is %d', (values, expected) => {
  expect(spread(values)).toBeCloseTo(expected);
});

test('arguments are left as they were, and nothing has no median', () => {
  const values = [3, 1, 2];
  median(values);
  spread(values);
  expect(values).toEqual([3, 1, 2]);
  expect(() => median([])).toThrow(RangeError);
  expect(() => spread([])).toThrow(RangeError);
});

import { clock, megabytes, number } from '.';

test('times are minutes and seconds', () => {
  expect([0, 59.9, 61, 3600].map(clock)).toEqual(['0:00', '0:59', '1:01', '60:00']);
});

test('sizes and counts are rounded', () => {
  expect(megabytes(90_550_000)).toBe('90.5 MB');
  expect(number(1234.5)).toBe('1,235');
});

import { countOf, sumOf, Tally, totalOf } from './tally';

test('counts add up by group and name', () => {
  const one = new Tally();
  one.add('messages', 'sent');
  one.add('messages', 'sent', 2);
  const other = new Tally();
  other.add('messages', 'echoed', 4);
  other.add('messages', 'sent');
  const sum = sumOf([one.counts, other.counts]);
  expect(sum).toEqual({ messages: { sent: 4, echoed: 4 } });
  expect(countOf(sum, 'messages', 'sent')).toBe(4);
  expect(countOf(sum, 'errors', 'any')).toBe(0);
  expect(totalOf(sum, 'messages')).toBe(8);
  expect(totalOf(sum, 'crashes')).toBe(0);
});

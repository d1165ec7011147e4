import { messageOf } from './messages';
import { newsOf, NewsReader } from './news';
import { planOf } from './plan';

function reading(messages: readonly unknown[]): string[] {
  const reader = new NewsReader();
  return messages.map((message) => reader.take(message));
}

test('news are numbered from whatever comes first', () => {
  expect(reading([newsOf(7), newsOf(8), newsOf(9)])).toEqual(['due', 'due', 'due']);
});

test.each([
  ['missing', [newsOf(0), newsOf(2)]],
  ['twice there', [newsOf(0), newsOf(0)]],
  ['damaged', [newsOf(0), newsOf(1).slice(1, -1).padStart(405, 'n')]],
  ['of no number', [newsOf(0), newsOf(1).replace('1', 'x')]],
])('one that is %s is wrong', (_what, messages) => {
  expect(reading(messages)).toEqual(['due', 'wrong']);
});

test('messages of a conversation are no news', () => {
  const messages = Array.from({ length: 500 }, (_, number) => messageOf(planOf(3, 1), number));
  expect(new Set(reading(messages))).toEqual(new Set(['none']));
});

import { Tickets } from './tickets';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a ticket is valid once', () => {
  const tickets = new Tickets();
  const [adas, bobs] = [tickets.issue('Ada'), tickets.issue('Bob')];
  expect([tickets.redeem(bobs), tickets.redeem(bobs), tickets.redeem(adas)]).toEqual([
    'Bob',
    undefined,
    'Ada',
  ]);
});

test.each([
  [29_999, 'Ada'],
  [30_000, undefined],
])('after %d ms a ticket is of %s', (delay, user) => {
  const tickets = new Tickets();
  const ticket = tickets.issue('Ada');
  jest.advanceTimersByTime(delay);
  expect(tickets.redeem(ticket)).toBe(user);
});

test.each([null, '', 'made up'])('%j is no ticket', (id) => {
  expect(new Tickets().redeem(id)).toBeUndefined();
});

import { CLOSE_TRANSITIONS, nextClosingState, readyStateOf } from './closing';
import type { ClosingEvent, ClosingState } from './closing';

const STATES: ClosingState[] = ['open', 'closeSent', 'closeReceived', 'draining', 'closed'];
const EVENTS: ClosingEvent[] = ['sendClose', 'receiveClose', 'eof', 'fail', 'transportClosed'];

// prettier-ignore
const EXPECTED: Record<ClosingState, (ClosingState | null)[]> = {
  //               sendClose    receiveClose     eof         fail        gone
  open:          ['closeSent', 'closeReceived', 'draining', 'draining', 'closed'],
  closeSent:     [null,        'draining',      'draining', 'draining', 'closed'],
  closeReceived: ['draining',  null,            'draining', 'draining', 'closed'],
  draining:      [null,        null,            'draining', null,       'closed'],
  closed:        [null,        null,            null,       null,       null],
};

const CASES = STATES.flatMap((state) =>
  EVENTS.map((event, index) => ({ state, event, next: EXPECTED[state][index]! })),
);
const isLegal = ({ next }: { next: ClosingState | null }): boolean => next !== null;

test.each(CASES.filter(isLegal))('$state, then $event: $next', ({ state, event, next }) => {
  expect(nextClosingState(state, event)).toBe(next);
});

test.each(CASES.filter((one) => !isLegal(one)))(
  '$state, then $event: a bug',
  ({ state, event }) => {
    expect(() => nextClosingState(state, event)).toThrow(`bug: ${event} while ${state}`);
  },
);

test('the table has these states and no others', () => {
  expect(Object.keys(CLOSE_TRANSITIONS)).toEqual(STATES);
});

test.each([
  ['open', 1],
  ['closeSent', 2],
  ['closeReceived', 2],
  ['draining', 2],
  ['closed', 3],
] as const)('readyState of %s is %d', (state, readyState) => {
  expect(readyStateOf(state)).toBe(readyState);
});

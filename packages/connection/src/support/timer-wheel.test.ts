import fc from 'fast-check';
import { FakeClock } from '../../test/fake-clock';
import { TimerWheel } from './timer-wheel';
import type { Slot, Timed } from './timer-wheel';

let clock: FakeClock;
let wheel: TimerWheel;

beforeEach(() => {
  clock = new FakeClock();
  wheel = new TimerWheel(clock);
});

/** Writes down when its deadlines come. */
class Alarm implements Timed {
  slot: Slot | null = null;
  readonly times: number[] = [];
  whenDue: () => void = () => {};

  onDeadline(): void {
    this.times.push(clock.now());
    this.whenDue();
  }
}

const latest = (delay: number): number => Math.max(1, Math.min(100, delay / 10)) + 0.01;

describe('a deadline', () => {
  test('is never early, and late within its bound, whatever else is set', () => {
    const time = fc.double({ min: 0, max: 1e6, noNaN: true });
    const delay = fc.oneof(
      fc.integer({ min: 0, max: 50 }),
      fc.double({ min: 0, max: 1e5, noNaN: true }),
    );
    const step = fc.record({ wait: fc.double({ min: 0, max: 1e4, noNaN: true }), delay });
    fc.assert(
      fc.property(time, fc.array(step, { minLength: 1, maxLength: 20 }), (start, steps) => {
        clock = new FakeClock(start);
        wheel = new TimerWheel(clock);
        const alarms = steps.map((each) => {
          clock.advance(each.wait);
          const alarm = new Alarm();
          wheel.set(alarm, each.delay);
          return { alarm, due: clock.now() + each.delay, bound: latest(each.delay) };
        });
        clock.advance(2e5);
        for (const { alarm, due, bound } of alarms) {
          expect(alarm.times).toHaveLength(1);
          expect(alarm.times[0]).toBeGreaterThanOrEqual(due);
          expect(alarm.times[0]).toBeLessThanOrEqual(due + bound);
        }
        expect(clock.due).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('without an end never comes, and needs no timer', () => {
    const [endless, other] = [new Alarm(), new Alarm()];
    wheel.set(endless, Infinity);
    expect(clock.due).toBeNull();
    wheel.set(other, 20);
    clock.advance(1e12);
    expect([endless.times, other.times, clock.due]).toEqual([[], [20], null]);
    wheel.clear(endless);
    expect(endless.slot).toBeNull();
  });

  test('comes once', () => {
    const alarm = new Alarm();
    wheel.set(alarm, 10);
    clock.advance(1000);
    expect([alarm.times.length, alarm.slot]).toEqual([1, null]);
  });

  test('replaces the one before', () => {
    const alarm = new Alarm();
    wheel.set(alarm, 1000);
    wheel.set(alarm, 20);
    clock.advance(5000);
    expect(alarm.times).toEqual([20]);
  });

  test('that is taken away does not come', () => {
    const [kept, cleared] = [new Alarm(), new Alarm()];
    wheel.set(kept, 100);
    wheel.set(cleared, 100);
    wheel.clear(cleared);
    wheel.clear(cleared);
    clock.advance(1000);
    expect([kept.times, cleared.times]).toEqual([[100], []]);
  });

  test('can be set again when it comes', () => {
    const alarm = new Alarm();
    alarm.whenDue = () => {
      if (alarm.times.length < 3) wheel.set(alarm, 100);
    };
    wheel.set(alarm, 100);
    clock.advance(1000);
    expect(alarm.times).toEqual([100, 200, 300]);
  });

  test('of one that comes in the same moment can be taken away by the other', () => {
    const [first, second] = [new Alarm(), new Alarm()];
    first.whenDue = () => wheel.clear(second);
    wheel.set(first, 100);
    wheel.set(second, 100);
    clock.advance(1000);
    expect([first.times, second.times]).toEqual([[100], []]);
  });

  test('without delay is kept apart from one that was taken away in the same moment', () => {
    const [first, second, third] = [new Alarm(), new Alarm(), new Alarm()];
    first.whenDue = () => {
      wheel.clear(second);
      wheel.set(third, 0);
    };
    const start = clock.start.bind(clock);
    clock.start = (action, delay) => start(action, delay + 10);
    wheel.set(first, 90);
    wheel.set(second, 100);
    clock.advance(1000);
    expect([first.times, second.times, third.times.length]).toEqual([[100], [], 1]);
  });
});

describe('the timer', () => {
  test('does not run while nothing is due', () => {
    expect(clock.due).toBeNull();
    const alarms = [new Alarm(), new Alarm()];
    for (const alarm of alarms) wheel.set(alarm, 500);
    expect(clock.due).toBe(500);
    for (const alarm of alarms) wheel.clear(alarm);
    expect(clock.due).toBeNull();
  });

  test('is one for ten thousand, and fires a few times', () => {
    const alarms = Array.from({ length: 10_000 }, () => new Alarm());
    for (const alarm of alarms) {
      wheel.set(alarm, 30_000);
      clock.advance(0.1);
    }
    clock.advance(40_000);
    expect(alarms.every(({ times }) => times.length === 1)).toBe(true);
    expect(clock.started).toBeLessThanOrEqual(12);
  });

  test('that fires too early is started again', () => {
    const alarm = new Alarm();
    wheel.set(alarm, 100);
    const start = clock.start.bind(clock);
    clock.start = (action, delay) => start(action, delay - 0.5);
    wheel.set(alarm, 100);
    clock.advance(99.9);
    expect(alarm.times).toEqual([]);
    clock.advance(10);
    expect(alarm.times).toHaveLength(1);
    expect(alarm.times[0]).toBeGreaterThanOrEqual(100);
  });
});

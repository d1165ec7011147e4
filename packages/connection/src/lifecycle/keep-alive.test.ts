import { FakeClock } from '../../test/fake-clock';
import { isKeptAlive, KeepAlive } from './keep-alive';
import type { KeepAliveSettings } from './keep-alive';
import { TimerWheel } from '../support/timer-wheel';

const NEVER: KeepAliveSettings = {
  pingInterval: Infinity,
  pingTimeout: 30_000,
  idleTimeout: Infinity,
};
const GRAIN = 100;

let clock: FakeClock;
let acts: [string, number][];
let owner: { isReading: boolean; isHeldBack: boolean; writeMark: number; messageMark: number };

beforeEach(() => {
  clock = new FakeClock();
  acts = [];
  owner = { isReading: true, isHeldBack: false, writeMark: 0, messageMark: 0 };
});

function watch(settings: Partial<KeepAliveSettings>, canPing: boolean = true): KeepAlive | null {
  const acting = Object.assign(owner, {
    pingPeer: () => void acts.push(['ping', clock.now()]),
    giveUp: (deadline: string) => void acts.push([deadline, clock.now()]),
  });
  const all = { ...NEVER, ...settings };
  return isKeptAlive(all, canPing)
    ? new KeepAlive(all, canPing, acting, new TimerWheel(clock))
    : null;
}

describe('a peer that says nothing', () => {
  test.each([
    [1000, 500],
    [1000, 30_000],
    [30_000, 1000],
    [30_000, 30_000],
  ])('is pinged once and given up: interval %d, timeout %d', (pingInterval, pingTimeout) => {
    watch({ pingInterval, pingTimeout });
    clock.advance(1e6);
    expect(acts.map(([act]) => act)).toEqual(['ping', 'pong']);
    const [, given] = acts.map(([, at]) => at);
    expect(given).toBeGreaterThanOrEqual(pingInterval + pingTimeout);
    expect(given).toBeLessThanOrEqual(pingInterval + pingTimeout + 2 * GRAIN);
    expect(clock.due).toBeNull();
  });

  test.each([
    [1000, 500],
    [1000, 30_000],
  ])(
    'after it has answered is given up as soon: interval %d, timeout %d',
    (pingInterval, pingTimeout) => {
      const keepAlive = watch({ pingInterval, pingTimeout });
      clock.advance(pingInterval + GRAIN);
      expect(acts).toHaveLength(1);
      keepAlive?.heard();
      const lastHeard = clock.now();
      clock.advance(1e6);
      expect(acts.map(([act]) => act)).toEqual(['ping', 'ping', 'pong']);
      expect(acts[2][1]).toBeLessThanOrEqual(lastHeard + pingInterval + pingTimeout + 2 * GRAIN);
    },
  );
});

describe('a peer that is not being read', () => {
  test('is pinged at every interval, and not given up, however long that lasts', () => {
    owner.isReading = false;
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(100_000);
    expect(new Set(acts.map(([act]) => act))).toEqual(new Set(['ping']));
    expect(acts.length).toBeGreaterThan(90);
  });

  test('is not waited for when it is no longer read after the ping', () => {
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(1100);
    owner.isReading = false;
    clock.advance(100_000);
    expect(acts.filter(([act]) => act !== 'ping')).toEqual([]);
    expect(acts.length).toBeGreaterThan(90);
  });

  test('is watched again as soon as it is read', () => {
    owner.isReading = false;
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(10_000);
    owner.isReading = true;
    acts = [];
    clock.advance(1e6);
    expect(acts.map(([act]) => act)).toEqual(['ping', 'pong']);
  });
});

describe('bytes that move', () => {
  test('put the answer off: the ping may wait behind others', () => {
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(1100);
    for (let count = 0; count < 20; count++) {
      owner.writeMark++;
      clock.advance(450);
    }
    expect(acts.map(([act]) => act)).toEqual(['ping']);
    clock.advance(1100);
    expect(acts.map(([act]) => act)).toEqual(['ping', 'pong']);
  });

  test('of a message put idleness off', () => {
    watch({ idleTimeout: 1000 });
    for (let count = 0; count < 20; count++) {
      owner.messageMark++;
      clock.advance(900);
    }
    expect(acts).toEqual([]);
    clock.advance(2100);
    expect(acts.map(([act]) => act)).toEqual(['idle']);
  });
});

test('idleness does not run while the application has paused', () => {
  owner.isHeldBack = true;
  watch({ idleTimeout: 1000 });
  clock.advance(100_000);
  expect(acts).toEqual([]);
  owner.isHeldBack = false;
  clock.advance(2100);
  expect(acts.map(([act]) => act)).toEqual(['idle']);
});

test('anything that arrives is a sign of life: no ping is needed', () => {
  const keepAlive = watch({ pingInterval: 1000 });
  for (let count = 0; count < 100; count++) {
    clock.advance(900);
    keepAlive?.heard();
  }
  expect(acts).toEqual([]);
});

test('something that arrives after the ping is an answer, whatever it is', () => {
  const keepAlive = watch({ pingInterval: 1000, pingTimeout: 1000 });
  for (let count = 1; count <= 5; count++) {
    clock.advance(1500);
    expect(acts).toHaveLength(count);
    keepAlive?.heard();
  }
  expect(acts.every(([act]) => act === 'ping')).toBe(true);
});

test('idleness is about messages: neither pongs nor pings are any', () => {
  const keepAlive = watch({ idleTimeout: 5000, pingInterval: 1000 });
  for (let count = 0; count < 4; count++) {
    clock.advance(1200);
    keepAlive?.heard();
  }
  clock.advance(1000);
  expect(acts.at(-1)?.[0]).toBe('idle');
  expect(acts.at(-1)?.[1]).toBeLessThanOrEqual(5000 + GRAIN);
});

test('a message puts idleness off', () => {
  const keepAlive = watch({ idleTimeout: 1000 });
  for (let count = 0; count < 10; count++) {
    clock.advance(900);
    keepAlive?.messagePassed();
  }
  expect(acts).toEqual([]);
  clock.advance(1000 + GRAIN);
  expect(acts.map(([act]) => act)).toEqual(['idle']);
});

test('a peer that cannot be pinged is not, nor given up for it', () => {
  expect(watch({ pingInterval: 1000 }, false)).toBeNull();
  watch({ pingInterval: 1000, idleTimeout: 5000 }, false);
  clock.advance(10_000);
  expect(acts.map(([act]) => act)).toEqual(['idle']);
});

test('there is no watch unless one is asked for', () => {
  expect(watch({})).toBeNull();
  expect(clock.due).toBeNull();
});

test('stop() ends it', () => {
  watch({ pingInterval: 1000, idleTimeout: 2000 })?.stop();
  expect(clock.due).toBeNull();
  clock.advance(1e5);
  expect(acts).toEqual([]);
});

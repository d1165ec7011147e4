import { FakeClock } from '../../test/fake-clock';
import { livenessOf } from './keep-alive';
import type { Liveness, LivenessSettings } from './keep-alive';
import { TimerWheel } from '../support/timer-wheel';

const NEVER: LivenessSettings = {
  pingInterval: Infinity,
  pingTimeout: 30_000,
  idleTimeout: Infinity,
};
const GRAIN = 100;

let clock: FakeClock;
let acts: [string, number][];
let listening: boolean;

beforeEach(() => {
  clock = new FakeClock();
  acts = [];
  listening = true;
});

function watch(settings: Partial<LivenessSettings>, canPing: boolean = true): Liveness | null {
  const owner = {
    get isListening() {
      return listening;
    },
    pingPeer: () => void acts.push(['ping', clock.now()]),
    giveUp: (code: string) => void acts.push([code, clock.now()]),
  };
  return livenessOf({ ...NEVER, ...settings }, canPing, owner, new TimerWheel(clock));
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
    expect(acts.map(([act]) => act)).toEqual(['ping', 'WS_ERR_PING_TIMEOUT']);
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
      const liveness = watch({ pingInterval, pingTimeout });
      clock.advance(pingInterval + GRAIN);
      expect(acts).toHaveLength(1);
      liveness?.heard();
      const lastHeard = clock.now();
      clock.advance(1e6);
      expect(acts.map(([act]) => act)).toEqual(['ping', 'ping', 'WS_ERR_PING_TIMEOUT']);
      expect(acts[2][1]).toBeLessThanOrEqual(lastHeard + pingInterval + pingTimeout + 2 * GRAIN);
    },
  );
});

describe('a peer that is not being read', () => {
  test('is not given up, however long that lasts', () => {
    listening = false;
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(1e6);
    expect(acts.filter(([act]) => act !== 'ping')).toEqual([]);
  });

  test('is watched again as soon as it is read', () => {
    listening = false;
    watch({ pingInterval: 1000, pingTimeout: 500 });
    clock.advance(10_000);
    listening = true;
    acts = [];
    clock.advance(1e6);
    expect(acts.map(([act]) => act)).toEqual(['ping', 'WS_ERR_PING_TIMEOUT']);
  });
});

test('anything that arrives is a sign of life: no ping is needed', () => {
  const liveness = watch({ pingInterval: 1000 });
  for (let count = 0; count < 100; count++) {
    clock.advance(900);
    liveness?.heard();
  }
  expect(acts).toEqual([]);
});

test('something that arrives after the ping is an answer, whatever it is', () => {
  const liveness = watch({ pingInterval: 1000, pingTimeout: 1000 });
  for (let count = 1; count <= 5; count++) {
    clock.advance(1500);
    expect(acts).toHaveLength(count);
    liveness?.heard();
  }
  expect(acts.every(([act]) => act === 'ping')).toBe(true);
});

test('idleness is about messages: neither pongs nor pings are any', () => {
  const liveness = watch({ idleTimeout: 5000, pingInterval: 1000 });
  for (let count = 0; count < 4; count++) {
    clock.advance(1200);
    liveness?.heard();
  }
  clock.advance(1000);
  expect(acts.at(-1)?.[0]).toBe('WS_ERR_IDLE_TIMEOUT');
  expect(acts.at(-1)?.[1]).toBeLessThanOrEqual(5000 + GRAIN);
});

test('a message puts idleness off', () => {
  const liveness = watch({ idleTimeout: 1000 });
  for (let count = 0; count < 10; count++) {
    clock.advance(900);
    liveness?.messagePassed();
  }
  expect(acts).toEqual([]);
  clock.advance(1000 + GRAIN);
  expect(acts.map(([act]) => act)).toEqual(['WS_ERR_IDLE_TIMEOUT']);
});

test('a peer that cannot be pinged is not, nor given up for it', () => {
  expect(watch({ pingInterval: 1000 }, false)).toBeNull();
  watch({ pingInterval: 1000, idleTimeout: 5000 }, false);
  clock.advance(10_000);
  expect(acts.map(([act]) => act)).toEqual(['WS_ERR_IDLE_TIMEOUT']);
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

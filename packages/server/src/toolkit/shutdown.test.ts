/** Connections are closed evenly over a time, and by the clock alone: always at the same milliseconds. */
import { EventEmitter } from 'node:events';
import type { WebSocket } from '@ws/connection';
import { closePlan, Shutdown } from './shutdown';
import type { CloseOptions } from './shutdown';

type Behaviour = 'answers' | 'is silent' | 'is given up';

/** A connection that keeps a record of when what was done to it. */
class Connection extends EventEmitter {
  readonly calls: [at: number, call: string][] = [];
  readonly #behaviour: Behaviour;

  constructor(behaviour: Behaviour = 'answers') {
    super();
    this.#behaviour = behaviour;
  }

  close(code: number, reason: string): void {
    this.calls.push([performance.now() - start, `close ${code} ${reason}`]);
    if (this.#behaviour === 'answers') this.emit('close', { cause: null });
    if (this.#behaviour === 'is given up') {
      this.emit('close', { cause: { code: 'WS_ERR_CLOSE_TIMEOUT' } });
    }
  }

  terminate(): void {
    this.calls.push([performance.now() - start, 'terminate']);
    this.emit('close', { cause: { code: 'WS_ERR_TERMINATED' } });
  }
}

let start: number;

beforeEach(() => {
  jest.useFakeTimers();
  start = performance.now();
});

afterEach(() => {
  jest.useRealTimers();
});

function shutDown(connections: Connection[], options: CloseOptions): Promise<unknown> {
  return new Shutdown(connections as unknown as WebSocket[], closePlan(options)).run();
}

test.each([
  [1, 1000, [0]],
  [4, 0, [0, 0, 0, 0]],
  [4, 1000, [0, 250, 500, 750]],
  [5, 20_000, [0, 4000, 8000, 12_000, 16_000]],
  [6, 20, [0, 10, 10, 10, 20, 20]],
])('%d connections over %d ms are closed at %j', async (count, over, times) => {
  const connections = Array.from({ length: count }, () => new Connection());
  const closing = shutDown(connections, { code: 1012, reason: 'restart', over, timeout: 30_000 });
  jest.advanceTimersByTime(over);
  expect(connections.flatMap(({ calls }) => calls)).toEqual(
    times.map((time) => [time, 'close 1012 restart']),
  );
  expect(await closing).toEqual({ closed: count, terminated: 0 });
  expect(jest.getTimerCount()).toBe(0);
});

test('a thousand connections: in no tenth of the time more than a tenth of them', () => {
  const connections = Array.from({ length: 1000 }, () => new Connection());
  void shutDown(connections, { over: 2000 });
  jest.advanceTimersByTime(2000);
  const tenths = new Map<number, number>();
  for (const { calls } of connections) {
    const tenth = Math.min(9, Math.floor(calls[0][0] / 200));
    tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
  }
  expect([...tenths.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const count of tenths.values()) expect(Math.abs(count - 100)).toBeLessThanOrEqual(10);
});

test('what does not answer is terminated at the timeout, and counted', async () => {
  const connections = [
    new Connection('is silent'),
    new Connection(),
    new Connection('is given up'),
    new Connection('is silent'),
  ];
  const closing = shutDown(connections, { over: 400, timeout: 1000 });
  jest.advanceTimersByTime(999);
  expect(connections.map(({ calls }) => calls.length)).toEqual([1, 1, 1, 1]);
  jest.advanceTimersByTime(1);
  expect(connections[0].calls).toEqual([
    [0, 'close 1001 '],
    [1000, 'terminate'],
  ]);
  expect(await closing).toEqual({ closed: 1, terminated: 3 });
});

test('it is done as soon as the last has ended, in whatever way', async () => {
  const connections = [new Connection(), new Connection(), new Connection()];
  const closing = shutDown(connections, { over: 10_000 });
  for (const ws of connections.slice(1)) ws.emit('close', { cause: null });
  expect(await closing).toEqual({ closed: 3, terminated: 0 });
  expect(jest.getTimerCount()).toBe(0);
});

describe('a mistake is refused before anything is closed', () => {
  test.each<[CloseOptions, string]>([
    [{ code: 1005 }, 'close code 1005: a server may pass'],
    [{ code: 1006 }, 'close code 1006: a server may pass'],
    [{ code: 999 }, 'close code 999: a server may pass'],
    [{ code: 5000 }, 'close code 5000: a server may pass'],
    [{ code: 1.5 }, 'option code: 1.5'],
    [{ code: '1001' as unknown as number }, 'option code: "1001" is not a number'],
    [{ reason: 'é'.repeat(62) }, 'close reason of 124 bytes: the most is 123'],
    [{ reason: 1 as unknown as string }, 'option reason: 1 is not a string'],
    [{ over: -1 }, 'option over: -1'],
    [{ over: Infinity }, 'option over: Infinity'],
    [{ timeout: NaN }, 'option timeout: NaN'],
    [{ over: 10_001 }, 'option over: 10001 ms are more than the 10000 ms of option timeout'],
    [{ codes: 1 } as CloseOptions, 'option codes is not known; did you mean code?'],
  ])('%j', (options, message) => {
    expect(() => closePlan(options)).toThrow(message);
  });
});

import { Transform } from 'node:stream';
import { InflateRaw, deflateRawSync } from 'node:zlib';
import { COMPRESSION, prose } from '../test/messages';
import { JobQueue, deflateInBackground, inflateInBackground } from './background';
import { EMPTY_MESSAGE } from './codec';
import { CHUNK_SIZE } from './public-zlib';

test('a bomb is stopped at the limit: no more than a window beyond it is ever made', async () => {
  const pushed: number[] = [];
  const push = jest.spyOn(InflateRaw.prototype, 'push').mockImplementation(function (
    this: InflateRaw,
    chunk: Buffer | null,
  ) {
    pushed.push(chunk?.byteLength ?? 0);
    return Transform.prototype.push.call(this, chunk);
  });
  const bomb = Buffer.concat([deflateRawSync(Buffer.alloc(50_000_000)), EMPTY_MESSAGE]);
  await expect(inflateInBackground(bomb, 1_000_000, null)).rejects.toMatchObject({
    failure: 'message-too-big',
  });
  push.mockRestore();
  const made = pushed.reduce((sum, bytes) => sum + bytes, 0);
  expect(bomb.byteLength * 1000).toBeGreaterThan(48_000_000);
  expect(made).toBeGreaterThan(1_000_000);
  expect(made).toBeLessThanOrEqual(1_000_000 + CHUNK_SIZE);
});

test('what refers to history is compressed and restored with it', async () => {
  const history = prose(32_768, 5);
  const message = Buffer.concat([prose(20_000, 5), prose(20_000, 6)]);
  const alone = await deflateInBackground(message, COMPRESSION, null);
  const referring = await deflateInBackground(message, COMPRESSION, history);
  expect(referring.byteLength).toBeLessThan(alone.byteLength);
  expect(await inflateInBackground(referring, 40_000, history)).toEqual(message);
});

describe('a queue of jobs', () => {
  /** Jobs that say when they start, and end when they are told to. */
  function jobs(queue: JobQueue): {
    started: string[];
    add: (name: string) => Promise<string>;
    end: (name: string, error?: Error) => Promise<void>;
  } {
    const started: string[] = [];
    const endings = new Map<string, PromiseWithResolvers>();
    const add = (name: string): Promise<string> =>
      queue.run(() => {
        started.push(name);
        return new Promise<string>((resolve, reject) => endings.set(name, { resolve, reject }));
      });
    const end = async (name: string, error?: Error): Promise<void> => {
      if (error) endings.get(name)!.reject(error);
      else endings.get(name)!.resolve(name);
      await new Promise(setImmediate);
    };
    return { started, add, end };
  }

  interface PromiseWithResolvers {
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }

  test('starts no more than so many at a time, in their order', async () => {
    const { started, add, end } = jobs(new JobQueue(2));
    const results = ['a', 'b', 'c', 'd', 'e'].map(add);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    expect(started).toEqual(['a', 'b', 'c', 'd', 'e']);
    await end('e');
    await end('d');
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('goes on after a job that fails', async () => {
    const { started, add, end } = jobs(new JobQueue(1));
    const failing = expect(add('a')).rejects.toThrow('no');
    const next = add('b');
    await end('a', new Error('no'));
    await failing;
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(await next).toBe('b');
    void add('c');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('c');
  });
});

import { threadsFor } from './thread-pool';

test.each([
  [undefined, 2, 2],
  [undefined, 16, 4],
  ['', 16, 1],
  ['12', 16, 12],
  ['12', 8, 8],
  ['1', 8, 1],
  ['0', 8, 1],
  ['-3', 8, 1],
  ['many', 8, 1],
  ['3 or so', 8, 3],
])('UV_THREADPOOL_SIZE %p and %i processors: %i jobs', (size, processors, jobs) => {
  expect(threadsFor(size, processors)).toBe(jobs);
});

test('an environment that may not be read says nothing', () => {
  const refusing = new Proxy<NodeJS.ProcessEnv>(
    {},
    {
      get() {
        throw new Error('Requires env access');
      },
    },
  );
  const env = jest.replaceProperty(process, 'env', refusing);
  try {
    expect(threadsFor(undefined, 8)).toBe(4);
  } finally {
    env.restore();
  }
});

/**
 * Imported before anything else, has the library take its clock and its timers from the globals at each
 * call, so that `jest.useFakeTimers()` reaches them. In real life it takes them once, from Node's own
 * modules, so that a fake clock does not.
 */
jest.mock('../src/support/host', () => ({
  ...jest.requireActual<object>('../src/support/host'),
  now: () => performance.now(),
  setTimeout: (action: () => void, delay: number) => setTimeout(action, delay),
  clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
}));

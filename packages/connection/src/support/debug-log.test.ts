import { ConnectionError } from '../lifecycle/connection-error';
import { debugLog, DebugLog, shownBeginning, shownError, shownUrl } from './debug-log';

test('there is none unless the process was started for it, whatever process.env says later', () => {
  expect(debugLog).toBeNull();
  process.env['NODE_DEBUG'] = 'websocket';
  jest.isolateModules(() => {
    const again = jest.requireActual<typeof import('./debug-log.js')>('./debug-log');
    expect(again.debugLog).toBeNull();
  });
  delete process.env['NODE_DEBUG'];
});

test('connections are numbered as they come, and their parts like them', () => {
  const lines: string[] = [];
  const log = new DebugLog((line) => lines.push(line));
  const [one, two, part] = [{}, {}, {}];
  log.note(one, 'a');
  log.joins(part, two);
  log.note(part, 'b');
  log.note(two, 'c');
  log.note(one, 'd');
  expect(lines).toEqual(['#1 a', '#2 b', '#2 c', '#1 d']);
});

test.each([
  ['ws://example.com/', 'ws://example.com/'],
  ['wss://user:pass@example.com:8443/path?token=1#x', 'wss://example.com:8443/path'],
  ['ws://us@er:p@ss@example.com/a@b', 'ws://example.com/a@b'],
  ['ws+unix:/a.sock:/path?token=1', 'ws+unix:/a.sock:/path'],
  [`ws://a/${'x'.repeat(300)}`, `ws://a/${'x'.repeat(193)}`],
])('of the URL %s, shown is %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});

test.each([
  [null, ''],
  [new ConnectionError('WS_ERR_TERMINATED'), ': WS_ERR_TERMINATED'],
  [
    Object.assign(new Error('text'), { code: 'WS_ERR_REFUSED', statusCode: 400 }),
    ': WS_ERR_REFUSED (400)',
  ],
  [new TypeError('text'), ': TypeError'],
])('of an error, its code and status are shown: %p', (error, shown) => {
  expect(shownError(error)).toBe(shown);
  expect(shownBeginning('local', error)).toBe(`closing, by local${shown}`);
});

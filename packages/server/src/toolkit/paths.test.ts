import fc from 'fast-check';
import { Paths } from './paths';

describe('a target matches', () => {
  test.each([
    ['/chat', '/chat', {}],
    ['/chat', '/chat?room=1', {}],
    ['/chat', '/chat#there', {}],
    ['/chat', 'http://example.com/chat?x', {}],
    ['/chat', '/%63hat', {}],
    ['/chat/', '/chat/', {}],
    ['/', '/', {}],
    ['/', 'http://example.com/', {}],
    ['/chat/:room', '/chat/blue', { room: 'blue' }],
    ['/chat/:room', '/chat/dark%20blue', { room: 'dark blue' }],
    ['/chat/:room', '/chat/100%2525', { room: '100%25' }],
    ['/:a/:b', '/x/y', { a: 'x', b: 'y' }],
    ['/files/*', '/files/', { '*': '' }],
    ['/files/*', '/files/a/b.txt', { '*': 'a/b.txt' }],
    ['/files/*', '/files/a/', { '*': 'a/' }],
    ['/*', '/', { '*': '' }],
  ])('%s, %s', (path, target, params) => {
    expect(new Paths(path).match(target)).toEqual({ pattern: path, params });
  });
});

describe('a target does not match', () => {
  test.each([
    ['/chat', '/chat/'],
    ['/chat', '/Chat'],
    ['/chat', '/chat/x'],
    ['/chat', '//chat'],
    ['/chat', '/./chat'],
    ['/chat', '/x/../chat'],
    ['/chat', '/%2e/chat'],
    ['/chat', '*'],
    ['/chat', ''],
    ['/chat', 'chat'],
    ['/chat', 'http://example.com'],
    ['/chat', 'example.com:443'],
    ['/chat/:room', '/chat/'],
    ['/chat/:room', '/chat//'],
    ['/chat/:room', '/chat/a%2Fb'],
    ['/chat/:room', '/chat%2Fa'],
    ['/chat/:room', '/chat/a%5Cb'],
    ['/chat/:room', '/chat/a%00b'],
    ['/chat/:room', '/chat/%'],
    ['/chat/:room', '/chat/%ff'],
    ['/chat/:room', '/chat/..'],
    ['/chat/:room', '/chat/%2E%2e'],
    ['/files/*', '/files'],
    ['/files/*', '/files/../secret'],
    ['/files/*', '/files/%2e%2e/secret'],
    ['/files/*', '/files//x'],
  ])('%s, %s', (path, target) => {
    expect(new Paths(path).match(target)).toBeNull();
  });
});

test('every path is meant without one, whatever it is', () => {
  for (const target of ['/', '/a//b/..', '*', '%', '']) {
    expect(new Paths(undefined).match(target)).toEqual({ pattern: '*', params: {} });
  }
});

test('the first pattern of a list that matches counts', () => {
  const paths = new Paths(['/chat/lobby', '/chat/:room', '/:any']);
  expect(paths.match('/chat/lobby')?.pattern).toBe('/chat/lobby');
  expect(paths.match('/chat/x')?.pattern).toBe('/chat/:room');
  expect(paths.match('/x')?.pattern).toBe('/:any');
});

test('a segment that is a parameter comes back as it was meant', () => {
  const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => {
    return !/^\.{1,2}$|[/\\\0]/.test(text);
  });
  fc.assert(
    fc.property(segment, (room) => {
      const match = new Paths('/chat/:room').match(`/chat/${encodeURIComponent(room)}?q`);
      expect(match?.params).toEqual({ room });
    }),
  );
});

test.each([
  ['chat', 'option path: "chat" at 0: a path begins with a slash'],
  ['', 'option path: "" at 0: a path begins with a slash'],
  ['/a//b', 'option path: "/a//b" at 3: a segment is empty'],
  ['/a/:', 'option path: "/a/:" at 3: a parameter is a colon and a name'],
  ['/a/:b-c', 'option path: "/a/:b-c" at 3: a parameter is a colon and a name'],
  ['/:a/:a', 'option path: "/:a/:a" at 4: there are two :a'],
  ['/*/a', 'option path: "/*/a" at 1: only the last segment may be *'],
  ['/a*', 'option path: "/a*" at 2: "*" has no meaning here'],
  ['/a?b', 'option path: "/a?b" at 2: "?" has no meaning here'],
  ['/a/../b', 'option path: "/a/../b" at 3: no request has a dot segment'],
  [[], 'option path: an empty list matches nothing'],
  [[5], 'option path: 5 is not a path'],
  [5, 'option path: 5 is not a path, nor a list of paths'],
])('%j cannot be parsed', (path, message) => {
  expect(() => new Paths(path as string)).toThrow(new TypeError(message));
});

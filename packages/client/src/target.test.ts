import { inspect } from 'node:util';
import { parseTarget } from './target';

test('a URL of the standard is what it is for the standard', () => {
  expect(parseTarget('https://a/b')).toMatchObject({ href: 'wss://a/b', target: '/b' });
  expect(parseTarget('ws://a').socketPath).toBeUndefined();
});

test.each([
  // url,                            socketPath,         target,    secure
  ['ws+unix:/run/a.sock:/chat?b=1', '/run/a.sock', '/chat?b=1', false],
  ['wss+unix:/run/a.sock:/chat', '/run/a.sock', '/chat', true],
  ['ws+unix:///run/a.sock:/chat', '/run/a.sock', '/chat', false],
  ['ws+unix:/run/a.sock', '/run/a.sock', '/', false],
  ['ws+unix:/run/a.sock:', '/run/a.sock', '/', false],
  ['ws+unix:/run/a.sock:/', '/run/a.sock', '/', false],
  ['ws+unix:/run/a.sock:/b:c', '/run/a.sock', '/b:c', false],
  ['ws+unix:/run/a%20b%3Ac:/', '/run/a b:c', '/', false],
  ['WS+UNIX:/run/a:/b', '/run/a', '/b', false],
])('%s', (url, socketPath, target, secure) => {
  const parsed = parseTarget(url);
  expect(parsed).toMatchObject({ socketPath, target, secure, host: 'localhost' });
  expect(parsed.href).toBe(url.replace('WS+UNIX', 'ws+unix'));
  expect(parseTarget(new URL(url))).toEqual(parsed);
});

/** A URL object of another class. */
class OtherUrl {
  readonly href = 'ws://a/b';
}

test.each<[string, unknown]>([
  ['another class’s with an href', new OtherUrl()],
  ['one that has nothing but a toString', { toString: () => 'ws://a/b' }],
  ['a String object', Object('ws://a/b')],
])('%s', (_, url) => {
  expect(parseTarget(url as URL).href).toBe('ws://a/b');
});

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [123, '123'],
  [true, 'true'],
  [{}, '[object Object]'],
  [Object.create(null), '[object Object]'],
  [Symbol('a'), 'Symbol(a)'],
  [(): void => {}, '[object Function]'],
])('%p is no URL, and the error says so', (url, described) => {
  const message = `the URL, the first argument: ${described} is neither a string nor a URL`;
  expect(() => parseTarget(url as URL)).toThrow(TypeError);
  expect(() => parseTarget(url as URL)).toThrow(message);
});

test.each([
  'ws+unix:',
  'ws+unix:/',
  'ws+unix:relative',
  'ws+unix://host/run/a.sock',
  'ws+unix:/run/a.sock#b',
  'ws+unix:/run/a.sock:/#b',
  'ws+unix:/run/a.sock:b',
  'ws+unix:/run/a.sock?b',
  'ws+unix:/run/%zz:/',
  'ws+unix:/run/%00:/',
  'ws+unix://[::1',
])('throws a SyntaxError on %s', (url) => {
  expect(() => parseTarget(url)).toThrow(expect.objectContaining({ name: 'SyntaxError' }) as Error);
});

test.each(['ws+unix://user:secret@host/run/a.sock', 'ws+unix://user:secret@[::1'])(
  'does not show a password: %s',
  (url) => {
    let thrown: unknown;
    try {
      parseTarget(url);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'SyntaxError' });
    expect(inspect(thrown)).not.toContain('secret');
  },
);

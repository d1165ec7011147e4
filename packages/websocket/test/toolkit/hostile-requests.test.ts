/** What a client can put into the headers and the target of its request, and what a WebSocketServer makes of it. */
import { refuse, UpgradeContext, WebSocketServer } from '@ws/server';
import type { WebSocketServerOptions } from '@ws/server';
import { RawClient } from '../support/raw-client';
import { head, HYBI_13 } from '../support/requests';
import type { Headers } from '../support/requests';
import { serve } from '../support/toolkit';

const LONG = 15_000;
const long = (text: string): string => text.repeat(Math.floor(LONG / text.length));

type Row = [what: string, headers: Headers, status: string, target?: string];

/** What the hook reads of the context: all of it. */
function readAll(context: UpgradeContext): void {
  for (const name of Object.getOwnPropertyNames(UpgradeContext.prototype)) {
    Reflect.get(context, name);
  }
}

const OPTIONS: WebSocketServerOptions<undefined, string> = {
  path: ['/demo', '/files/*', '/:room/x'],
  trustProxy: ['127.0.0.0/8'],
  upgrade: readAll,
};

const ROWS: Row[] = [
  ['an Origin that is none', { Origin: 'evil' }, '403'],
  ['an Origin with a path', { Origin: 'http://example.com/' }, '403'],
  ['an Origin with credentials', { Origin: 'http://example.com@evil.example' }, '403'],
  ['an Origin that ends alike', { Origin: 'http://evil-example.com' }, '403'],
  ['an Origin that begins alike', { Origin: 'http://example.com.evil.example' }, '403'],
  ['an Origin of another port', { Origin: 'http://example.com:8080' }, '403'],
  ['an Origin with the port that is meant anyway', { Origin: 'http://example.com:80' }, '101'],
  ['an Origin in capitals', { Origin: 'HTTP://EXAMPLE.COM' }, '101'],
  ['two Origins', { Origin: ['http://example.com', 'http://evil.example'] }, '403'],
  ['a long Origin', { Origin: `http://${long('a.')}` }, '403'],
  ['an Origin of slashes', { Origin: long('/') }, '403'],
  ['two Hosts', { Host: ['example.com', 'evil.example'] }, '400'],
  ['a Host of which no URL can be made', { Host: 'a:b:c' }, '400'],
  ['a long Host', { Host: long('a.') }, '101'],
  ['cookies without names', { Cookie: long('=;') }, '101'],
  ['a cookie of quotes', { Cookie: `a=${long('"')}` }, '101'],
  ['cookies of percent signs', { Cookie: `a=${long('%')}` }, '101'],
  ['cookies with names of an object', { Cookie: '__proto__=1; constructor=2; toString=3' }, '101'],
  ['Forwarded of semicolons', { Forwarded: long(';') }, '101'],
  ['Forwarded of quotes', { Forwarded: `for=${long('"')}` }, '101'],
  ['Forwarded of spaces', { Forwarded: `a;${long(' ')}for` }, '101'],
  ['Forwarded of commas', { Forwarded: long('for=1.2.3.4,') }, '101'],
  ['Forwarded of escapes', { Forwarded: `host="${long('\\"')}"` }, '101'],
  ['Forwarded with quotes left open', { Forwarded: `host="${long(',')}` }, '101'],
  ['Forwarded with a host that is none', { Forwarded: 'host="a b"', Origin: 'http://a b' }, '403'],
  ['Forwarded with a long host', { Forwarded: `host=${long('a.')}` }, '101'],
  [
    'Forwarded against X-Forwarded-Host',
    { Forwarded: 'host=evil', 'X-Forwarded-Host': 'a', Origin: 'http://evil' },
    '403',
  ],
  [
    'Forwarded beside X-Forwarded-For',
    { Forwarded: 'host=evil', 'X-Forwarded-For': '1.2.3.4', Origin: 'http://evil' },
    '403',
  ],
  [
    'Forwarded in front of what a proxy has added',
    { Forwarded: 'host=evil, host=example.com', Origin: 'http://evil' },
    '403',
  ],
  [
    'Forwarded of one value in two headers',
    { Forwarded: ['host="evil', 'x";host=evil'], Origin: 'http://evil' },
    '403',
  ],
  ['X-Forwarded-For of commas', { 'X-Forwarded-For': long(',') }, '101'],
  ['X-Forwarded-For of what is no address', { 'X-Forwarded-For': long('[::1]:x') }, '101'],
  ['X-Forwarded-Host that is none', { 'X-Forwarded-Host': 'a b', Origin: 'http://evil' }, '403'],
  ['Authorization of spaces', { Authorization: `Bearer${long(' ')}` }, '101'],
  ['Authorization of equals signs', { Authorization: `Bearer ${long('=')}` }, '101'],
  ['bearer without a token', { 'Sec-WebSocket-Protocol': 'bearer' }, '101'],
  ['extensions that are none', { 'Sec-WebSocket-Extensions': '=' }, '400'],
  ['a path of slashes', {}, '404', long('/')],
  ['a path with dot segments', {}, '404', '/files/../demo'],
  ['a path with encoded dot segments', {}, '404', '/files/%2e%2e/demo'],
  ['a path with an encoded slash', {}, '404', '/a%2fb/x'],
  ['a path with an encoded NUL', {}, '404', '/files/a%00'],
  ['a path that is encoded twice', {}, '101', '/files/%252e%252e'],
  ['a path of percent signs', {}, '404', `/files/${long('%')}`],
  ['a long path', {}, '101', `/files/${long('a/')}`],
  ['absolute-form', {}, '101', 'http://evil.example/demo'],
  ['a target of an asterisk', {}, '404', '*'],
  ['the name of an object as a segment', {}, '101', '/__proto__/x'],
];

test.each(ROWS)('%s', async (_, headers, status, target = '/demo') => {
  const { chat, port } = await serve(OPTIONS);
  chat.on('error', (error) => expect(error).toBe('none'));
  const reasons: string[] = [];
  chat.on('refused', ({ reason }) => reasons.push(reason));
  const client = await RawClient.connect(
    port,
    head({ ...HYBI_13, ...headers }, `GET ${target} HTTP/1.1`),
  );
  expect((await client.readHead()).split(' ')[1]).toBe(status);
  expect(reasons).toHaveLength(status === '101' ? 0 : 1);
  client.reset();
});

test('what is refused is an event each, with a reason', async () => {
  const { chat, port } = await serve({ path: '/demo', requireOrigin: true });
  const reasons: string[] = [];
  chat.on('refused', ({ reason, status }) => reasons.push(`${reason} ${status}`));
  for (const [target, headers] of [
    ['/other', {}],
    ['/demo', {}],
    ['/demo', { Origin: 'http://evil.example' }],
    ['/demo', { 'Sec-WebSocket-Version': '99' }],
  ] as const) {
    const client = await RawClient.connect(
      port,
      head({ ...HYBI_13, ...headers }, `GET ${target} HTTP/1.1`),
    );
    await client.readRest();
  }
  expect(reasons).toEqual(['path 404', 'origin 403', 'origin 403', 'handshake 426']);
});

test('a refusal sends every header that it was given', async () => {
  const { port } = await serve({
    upgrade: () => refuse(401, '', { 'Set-Cookie': ['a=1', 'b=2'], 'X-A': 1 }),
  });
  const answer = await (await RawClient.connect(port, head())).readRest();
  expect(answer).toMatch(/Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-A: 1\r\n/);
});

describe('an option that there is not', () => {
  test.each<[object, string]>([
    [{ orgins: '*' }, 'option orgins is not known; did you mean origins?'],
    [{ paths: '/' }, 'option paths is not known; did you mean path?'],
    [{ protocol: 'a' }, 'option protocol is not known here: it is protocols'],
    [{ verifyClient: () => true }, 'option verifyClient is not known here: it is upgrade'],
    [
      { clientTracking: true },
      'option clientTracking is not known here: it always has its clients',
    ],
    [{ noServer: true }, 'option noServer is not known here: leave server and port out'],
    [{ maxPayload: 1 }, 'option maxPayload is not known here: it is maxLength'],
    [{ cert: 'x' }, 'option cert is not known here: it belongs to https.createServer'],
    [
      { followRedirects: 1 },
      'option followRedirects is not known here: it is an option of clients',
    ],
    [{ maxPendings: 1 }, 'option maxPendings is not known; did you mean maxPending?'],
  ])('%j says what is meant', (options, message) => {
    expect(() => new WebSocketServer(options)).toThrow(message);
  });
});

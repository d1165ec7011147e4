/** Redirects over sockets: who is asked for what, and what is sent along. */
import { createServer } from 'node:tls';
import { nextEvent } from '../../websocket/test/support/observed';
import { responseHead } from '../../websocket/test/support/requests';
import { answering, dialled, rightAnswer } from './answering';
import type { Asked } from './answering';
import { certificates } from './certificates';
import { open, proxyThat } from './proxy';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

const CREDENTIALS = { Authorization: 'Bearer x', Cookie: 'a=1', 'X-A': '1' };

/** Redirects until there is no more location; then accepts. Keeps the heads of the requests. */
function redirecting(
  locations: (string | undefined)[],
  status = 302,
): { heads: string[]; answer: (asked: Asked) => void } {
  const heads: string[] = [];
  const answer = (asked: Asked): void => {
    heads.push(asked.head);
    if (locations.length === 0) {
      asked.socket.write(rightAnswer(asked));
      return;
    }
    const headers = { Location: locations.shift(), 'X-Hop': '1' };
    asked.socket.write(responseHead(`${status} Elsewhere`, headers), 'latin1');
  };
  return { heads, answer };
}

test.each([301, 302, 303, 307, 308])('%d is followed', async (status) => {
  const { heads, answer } = redirecting(['/next?a=1#fragment'], status);
  const port = await answering(answer);
  const url = `ws://u:p@127.0.0.1:${port}/first`;
  const { ws } = dialled(url, ['chat'].slice(1), { followRedirects: true });
  await nextEvent(ws, 'open');
  expect(heads.map((head) => head.split('\r\n')[0])).toEqual([
    'GET /first HTTP/1.1',
    'GET /next?a=1 HTTP/1.1',
  ]);
  expect(ws.url).toBe(url);
});

test('every request has a key of its own', async () => {
  const { heads, answer } = redirecting(['/next']);
  const { ws } = dialled(`ws://127.0.0.1:${await answering(answer)}/`, [], {
    followRedirects: true,
  });
  await nextEvent(ws, 'open');
  const [first, second] = heads.map((head) => /Key: (.*)\r/.exec(head)?.[1]);
  expect(first).not.toBe(second);
});

test('the same host gets the credentials, those of the URL too', async () => {
  const { heads, answer } = redirecting(['next']);
  const port = await answering(answer);
  const { ws } = dialled(`ws://u:p@127.0.0.1:${port}/a/b`, [], {
    followRedirects: true,
    headers: { Cookie: 'a=1', Host: 'c' },
  });
  await nextEvent(ws, 'open');
  expect(heads[1]).toContain('GET /a/next HTTP/1.1\r\nHost: c\r\n');
  expect(heads[1]).toContain('\r\nAuthorization: Basic dTpw\r\nCookie: a=1\r\n');
});

test.each([
  ['another name', 'localhost', '127.0.0.1'],
  ['another port', '127.0.0.1', '127.0.0.1'],
])('%s gets no credentials', async (_, from, to) => {
  const target = redirecting([]);
  const port = await answering(target.answer);
  const first = redirecting([`http://${to}:${port}/`]);
  const { ws } = dialled(`ws://u:p@${from}:${await answering(first.answer)}/`, [], {
    followRedirects: true,
    headers: { ...CREDENTIALS, Host: 'c', 'Proxy-Authorization': 'd' },
    origin: 'https://app.example',
  });
  await nextEvent(ws, 'open');
  expect(first.heads[0]).toContain('Authorization: Bearer x\r\nCookie: a=1\r\n');
  expect(target.heads[0]).not.toMatch(/authorization|cookie/i);
  expect(target.heads[0]).toContain(`\r\nHost: ${to}:${port}\r\n`);
  expect(target.heads[0]).toContain('\r\nOrigin: https://app.example\r\nX-A: 1\r\n');
});

test('credentials that were dropped do not come back', async () => {
  const middle = redirecting([]);
  const port = await answering((asked) => {
    const home = /X-Home: (.*)\r/.exec(asked.head)?.[1];
    middle.heads.push(asked.head);
    asked.socket.write(responseHead('302 Found', { Location: home }));
  });
  const first = redirecting([`ws://127.0.0.1:${port}/`]);
  const home = await answering(first.answer);
  const { ws } = dialled(`ws://127.0.0.1:${home}/`, [], {
    followRedirects: true,
    headers: { ...CREDENTIALS, 'X-Home': `ws://127.0.0.1:${home}/back` },
  });
  await nextEvent(ws, 'open');
  expect(first.heads[1]).toContain('GET /back HTTP/1.1');
  expect(first.heads[1]).not.toMatch(/authorization|cookie/i);
});

describe('from wss:', () => {
  test.each([
    ['to ws: is refused', { allowInsecureRedirects: undefined }],
    [
      'to ws: is followed when that is allowed, without credentials',
      { allowInsecureRedirects: true },
    ],
  ])('%s', async (_, option) => {
    const { ca, valid } = await certificates();
    const target = redirecting([]);
    const first = redirecting([`ws://127.0.0.1:${await answering(target.answer)}/`]);
    const port = await answering(first.answer, createServer(valid), 'secureConnection');
    const { ws, events, closed } = dialled(`wss://127.0.0.1:${port}/`, [], {
      followRedirects: true,
      ca: ca.cert,
      headers: CREDENTIALS,
      ...option,
    });
    if (option.allowInsecureRedirects === true) {
      await nextEvent(ws, 'open');
      expect(target.heads[0]).not.toMatch(/authorization|cookie/i);
    } else {
      await closed;
      expect(events).toEqual(['error WS_ERR_INSECURE_REDIRECT', 'close 1006']);
      expect(target.heads).toEqual([]);
    }
  });

  test('to wss:, verified again', async () => {
    const { ca, valid, otherHost } = await certificates();
    const target = redirecting([]);
    const other = createServer(otherHost);
    const port = await answering(target.answer, other, 'secureConnection');
    const first = redirecting([`https://localhost:${port}/`]);
    const home = await answering(first.answer, createServer(valid), 'secureConnection');
    const { events, closed } = dialled(`wss://127.0.0.1:${home}/`, [], {
      followRedirects: true,
      tls: { ca: ca.cert },
    });
    await closed;
    expect(events).toEqual(['error ERR_TLS_CERT_ALTNAME_INVALID', 'close 1006']);
    expect(target.heads).toEqual([]);
  });
});

const REFUSED: [name: string, location: string | undefined][] = [
  ['no Location', undefined],
  ['an empty host', 'http://'],
  ['another scheme', 'ftp://a/'],
  ['a Unix socket', 'ws+unix:/run/docker.sock:/'],
  ['a port beyond 65535', 'ws://a:65536/'],
];

test.each(REFUSED)('%s fails the connection', async (_, location) => {
  const { answer } = redirecting([location]);
  const port = await answering(answer);
  const { events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`, [], {
    followRedirects: true,
  });
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_INVALID_REDIRECT', 'close 1006']);
  expect(errors[0]).toMatchObject({ statusCode: 302, headers: { 'x-hop': '1' } });
});

test('a loop ends after maxRedirects', async () => {
  const loop = redirecting(Array<string>(100).fill('/'));
  const port = await answering(loop.answer);
  const { events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`, [], {
    followRedirects: true,
  });
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_TOO_MANY_REDIRECTS', 'close 1006']);
  expect(errors[0]).toMatchObject({ statusCode: 302 });
  expect(loop.heads).toHaveLength(11);
});

test.each([
  [0, 1, 'close 1006'],
  [1, 1, 'open'],
  [1, 2, 'close 1006'],
])('maxRedirects %d, with %d on the way: %s', async (maxRedirects, redirects, outcome) => {
  const { answer } = redirecting(Array<string>(redirects).fill('/'));
  const port = await answering(answer);
  const { ws, events } = dialled(`ws://127.0.0.1:${port}/`, [], {
    followRedirects: true,
    maxRedirects,
  });
  await nextEvent(ws, outcome === 'open' ? 'open' : 'close');
  expect(events.at(-1)).toBe(outcome);
});

test('without followRedirects the answer is the outcome', async () => {
  const { heads, answer } = redirecting(['/next']);
  const port = await answering((asked) => {
    answer(asked);
    asked.socket.end();
  });
  const { events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`);
  await closed;
  expect(events).toEqual(['error WS_ERR_UNEXPECTED_STATUS', 'close 1006']);
  expect(errors[0]).toMatchObject({ statusCode: 302, headers: { location: '/next' } });
  expect(heads).toHaveLength(1);
});

test('one deadline for all of it', async () => {
  const { answer } = redirecting(['/silence']);
  const port = await answering((asked) => {
    if (asked.head.startsWith('GET / ')) answer(asked);
  });
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`, [], {
    followRedirects: true,
    handshakeTimeout: 50,
  });
  await closed;
  expect(events).toEqual(['error WS_ERR_HANDSHAKE_TIMEOUT', 'close 1006']);
});

test('through a proxy, which is asked again and keeps its credentials', async () => {
  const target = redirecting([]);
  const port = await answering(target.answer);
  const first = redirecting([`ws://b.example:${port}/`]);
  const proxy = await proxyThat(open);
  const { ws } = dialled(`ws://a.example:${await answering(first.answer)}/`, [], {
    followRedirects: true,
    proxy: proxy.origin.replace('//', '//u:p@'),
    headers: CREDENTIALS,
  });
  await nextEvent(ws, 'open');
  expect(proxy.asked.map(({ request }) => request.headers['proxy-authorization'])).toEqual([
    'Basic dTpw',
    'Basic dTpw',
  ]);
  expect(proxy.asked[1].request.url).toBe(`b.example:${port}`);
  expect(target.heads[0]).not.toMatch(/authorization|cookie/i);
});

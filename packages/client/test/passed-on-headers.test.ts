/** A proxy that passes on the headers of whatever request comes: they are the peer's, and harm nobody. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Client } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { releaseLater } from '../../websocket/test/support/release';
import { head, HIXIE_76, HYBI_08, HYBI_13 } from '../../websocket/test/support/requests';
import type { Headers } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import { answering, rightAnswer } from './answering';

beforeEach(() => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
});

/** What the backend is asked when a client sends `sent` to the proxy; fails if the proxy's listener throws. */
async function passedOn(sent: string): Promise<string[]> {
  const heads: string[] = [];
  const backend = await answering((asked) => {
    heads.push(asked.head);
    asked.socket.write(rightAnswer(asked));
  });
  const server = createServer();
  const dial = async ({ headers }: IncomingMessage): Promise<void> => {
    const ws = new Client(`ws://127.0.0.1:${backend}/`, [], { headers });
    releaseLater(() => ws.terminate());
    await ws.opened;
  };
  const opened = new Promise<void>((resolve, reject) => {
    server.on('upgrade', (request, socket) => {
      socket.on('error', () => {});
      dial(request).then(resolve, reject);
    });
  });
  await RawClient.connect(await listen(server), sent);
  await opened;
  return heads[0]
    .split('\r\n')
    .slice(1, -2)
    .map((line) => line.replace(/Key: .*/, 'Key: …').replace(/127\.0\.0\.1:\d+/, '…'));
}

const OWN = [
  'Host: …',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: …',
  'Sec-WebSocket-Version: 13',
];

const HEADS: [string, Headers, string[]][] = [
  ['of RFC 6455', HYBI_13, []],
  ['of hybi-08', HYBI_08, []],
  ['of hixie-76', { ...HIXIE_76, Origin: undefined }, []],
  [
    'with what its client offers',
    {
      ...HYBI_13,
      'Sec-WebSocket-Protocol': 'chat',
      'Sec-WebSocket-Extensions': 'permessage-deflate',
    },
    [],
  ],
  ['with a wrong key', { ...HYBI_13, 'Sec-WebSocket-Key': 'x', 'Sec-WebSocket-Accept': 'y' }, []],
  ['with two Hosts', { ...HYBI_13, Host: ['a', 'b'] }, []],
  ['with a body of no bytes', { ...HYBI_13, 'Content-Length': '0' }, []],
  ['with trailers', { ...HYBI_13, TE: 'trailers', Trailer: 'X-A' }, []],
  [
    'with other hop-by-hop headers',
    { ...HYBI_13, 'Keep-Alive': '5', 'Proxy-Connection': 'close' },
    [],
  ],
  [
    'that names a header in Connection',
    { ...HYBI_13, Connection: 'Upgrade, Cookie', Cookie: 'a=1' },
    ['cookie: a=1'],
  ],
  [
    'with two of what is one',
    { ...HYBI_13, Authorization: ['a', 'b'], Cookie: ['c=1', 'd=2'] },
    ['authorization: a', 'cookie: c=1; d=2'],
  ],
  [
    'with __proto__',
    { ...HYBI_13, ['__proto__']: 'x', 'X-A': 'constructor' },
    ['x-a: constructor'],
  ],
  ['with bytes beyond ASCII', { ...HYBI_13, 'X-A': '\t\x80\xff~' }, ['x-a: \x80\xff~']],
];

test.each(HEADS)('a request %s', async (_, headers, more) => {
  expect(await passedOn(head(headers))).toEqual([...OWN, ...more]);
});

test.each([
  ['Content-Length', '2', 'ab'],
  ['Transfer-Encoding', 'chunked', '2\r\nab\r\n0\r\n\r\n'],
])('a request whose body %s announces', async (name, value, body) => {
  expect(await passedOn(head({ ...HYBI_13, [name]: value }) + body)).toEqual(OWN);
});

/** Every request that is not the handshake it claims to be: its status, and that nothing else breaks. */
import { createServer } from 'node:http';
import { ServerWebSocket } from '../src';
import type { ServerOptions } from '../src';
import { observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import * as requests from '../../websocket/test/support/requests';
import { listen, TestServer } from '../../websocket/test/support/test-server';

const { head, HIXIE_75, HIXIE_76, HYBI_08, HYBI_13, KEY, KEY3 } = requests;

function serve(options?: ServerOptions): Promise<TestServer<Observed<ServerWebSocket>>> {
  return TestServer.listen((...upgrade) =>
    observed(new ServerWebSocket(...upgrade, ['chat'], options)),
  );
}

/** The example of RFC 6455 §4.1. */
const EXAMPLE_KEY = 'AQIDBAUGBwgJCgsMDQ4PEC==';

type Case = [name: string, status: number, request: string];

const hybi = (changes: requests.Headers): string => head({ ...HYBI_13, ...changes });
const hixie = (changes: requests.Headers): string => head({ ...HIXIE_76, ...changes }) + KEY3;

const REQUEST_LINES: Case[] = [
  ['absolute-form target', 101, head(HYBI_13, 'GET http://example.com/x HTTP/1.1')],
  ['asterisk-form target', 101, head(HYBI_13, 'GET * HTTP/1.1')],
  ['HTTP/1.0', 400, head(HYBI_13, 'GET / HTTP/1.0')],
  ['POST', 405, head(HYBI_13, 'POST / HTTP/1.1')],
  ['HEAD', 405, head(HYBI_13, 'HEAD / HTTP/1.1')],
];

const ABSENT: Case[] = [
  ['no Host', 400, hybi({ Host: undefined })],
  ['no key', 400, hybi({ 'Sec-WebSocket-Key': undefined })],
  ['no version', 400, hybi({ 'Sec-WebSocket-Version': undefined })],
  ['neither key nor version: hixie-75', 101, head(HIXIE_75)],
  ['hixie-75 without Origin', 101, head({ ...HIXIE_75, Origin: undefined })],
  ['hixie-75 without Host', 400, head({ ...HIXIE_75, Host: undefined })],
  ['hixie-76 without Key1', 400, hixie({ 'Sec-WebSocket-Key1': undefined })],
  ['hixie-76 without Key2', 400, hixie({ 'Sec-WebSocket-Key2': undefined })],
  ['hybi-08 without key', 400, head({ ...HYBI_08, 'Sec-WebSocket-Key': undefined })],
];

const TWICE: Case[] = [
  ['two Hosts', 400, hybi({ Host: ['example.com', 'example.org'] })],
  ['two keys', 400, hybi({ 'Sec-WebSocket-Key': [KEY, KEY] })],
  ['two versions', 426, hybi({ 'Sec-WebSocket-Version': ['13', '13'] })],
  ['two Upgrades', 101, hybi({ Upgrade: ['h2c', 'websocket'] })],
  ['two Connections', 101, hybi({ Connection: ['keep-alive', 'Upgrade'] })],
  ['two subprotocol headers', 101, hybi({ 'Sec-WebSocket-Protocol': ['a', 'b'] })],
  ['one subprotocol twice', 400, hybi({ 'Sec-WebSocket-Protocol': ['a', 'a'] })],
];

const VALUES: Case[] = [
  ['Connection: keep-alive, Upgrade', 101, hybi({ Connection: 'keep-alive, Upgrade' })],
  ['upper case', 101, hybi({ Upgrade: 'WEBSOCKET', Connection: 'UPGRADE' })],
  ['another Upgrade', 400, hybi({ Upgrade: 'h2c' })],
  ['Upgrade: websocketx', 400, hybi({ Upgrade: 'websocketx' })],
  ['version 13, 8', 426, hybi({ 'Sec-WebSocket-Version': '13, 8' })],
  ['version 013', 426, hybi({ 'Sec-WebSocket-Version': '013' })],
  ['version 13 and a blank', 101, hybi({ 'Sec-WebSocket-Version': '13 ' })],
  ['version 99999999999', 426, hybi({ 'Sec-WebSocket-Version': '99999999999' })],
  ['version constructor', 426, hybi({ 'Sec-WebSocket-Version': 'constructor' })],
  ['empty version', 426, hybi({ 'Sec-WebSocket-Version': '' })],
  ['key of 21 characters', 400, hybi({ 'Sec-WebSocket-Key': KEY.slice(0, 21) })],
  ['key of 22 characters', 400, hybi({ 'Sec-WebSocket-Key': KEY.slice(0, 22) })],
  ['key of 23 characters', 400, hybi({ 'Sec-WebSocket-Key': KEY.slice(0, 23) })],
  ['key of 24 characters', 101, hybi({ 'Sec-WebSocket-Key': KEY })],
  ['key with bits behind its last byte', 101, hybi({ 'Sec-WebSocket-Key': EXAMPLE_KEY })],
  ['key of 17 bytes', 400, hybi({ 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAAA=' })],
  ['bracketed Host', 101, hybi({ Host: '[::1]:8080' })],
  ['Host with a path', 400, hybi({ Host: 'example.com/x' })],
  ['Host with a space', 400, hybi({ Host: 'a b' })],
  ['empty Host', 400, hybi({ Host: '' })],
  ...['a:99999', '256.1.1.1', '[zz]', '[fe80::1%25eth0]', '%'].map((host): Case => [
    `Host ${host}, which makes no URL`,
    400,
    hybi({ Host: host }),
  ]),
  ...['my_service', 'example.com.', 'xn--nxasmq6b:1', '[2001:db8::1]:65535'].map((host): Case => [
    `Host ${host}`,
    101,
    hybi({ Host: host }),
  ]),
  ['non-ASCII Host', 400, hybi({ Host: 'ex\xe9mple.com' })],
  ['non-ASCII key', 400, hybi({ 'Sec-WebSocket-Key': `${KEY.slice(0, 21)}\xe9==` })],
  ['non-ASCII Upgrade', 400, hybi({ Upgrade: 'websocket\xff' })],
  ['non-ASCII Origin', 101, hybi({ Origin: 'http://ex\xe9mple.com' })],
  ['non-ASCII Origin, echoed', 101, head({ ...HIXIE_75, Origin: 'http://ex\xe9mple.com' })],
  ['non-ASCII subprotocol', 400, hybi({ 'Sec-WebSocket-Protocol': 'ch\xe4t' })],
  ...['', ',', ', ,', 'chat,'].map((list): Case => [
    `subprotocols ${JSON.stringify(list)}`,
    101,
    hybi({ 'Sec-WebSocket-Protocol': list }),
  ]),
  ...['constructor', '__proto__', 'toString'].map((name): Case => [
    `subprotocol ${name}`,
    101,
    hybi({ 'Sec-WebSocket-Protocol': name }),
  ]),
  ['extension with a quotation mark', 400, hybi({ 'Sec-WebSocket-Extensions': '"' })],
  ['extension without a parameter name', 400, hybi({ 'Sec-WebSocket-Extensions': 'x; =1' })],
  ['empty extensions', 101, hybi({ 'Sec-WebSocket-Extensions': '' })],
  ...['constructor', '__proto__; toString=x'].map((offer): Case => [
    `extension ${offer}`,
    101,
    hybi({ 'Sec-WebSocket-Extensions': offer }),
  ]),
];

const BODIES: Case[] = [
  ['no length', 101, hybi({ 'Content-Length': '0' })],
  ['one byte', 400, `${hybi({ 'Content-Length': '1' })}x`],
  ['one byte that does not come', 400, hybi({ 'Content-Length': '1' })],
  ['a frame', 400, `${hybi({ 'Content-Length': '6' })}\x81\x80\0\0\0\0`],
  ['chunks', 400, `${hybi({ 'Transfer-Encoding': 'chunked' })}1\r\nx\r\n0\r\n\r\n`],
  ['key3 for hixie-76', 101, hixie({ 'Content-Length': '8' })],
  ['eight bytes for another version', 400, hybi({ 'Content-Length': '8' }) + KEY3],
  ['more than key3', 400, `${hixie({ 'Content-Length': '9' })}x`],
];

const KEY_NUMBERS: Case[] = [
  ['no spaces', 400, hixie({ 'Sec-WebSocket-Key1': '12345x' })],
  ['no digits', 400, hixie({ 'Sec-WebSocket-Key1': 'a b' })],
  ['nothing but zeros', 400, hixie({ 'Sec-WebSocket-Key1': '0 0' })],
  ['a remainder', 400, hixie({ 'Sec-WebSocket-Key2': '5 x y' })],
  ['a number of 2³²', 400, hixie({ 'Sec-WebSocket-Key2': '42949 67296' })],
  ['a number of 2³² − 1', 101, hixie({ 'Sec-WebSocket-Key2': '42949 67295' })],
  ['a number of 1,000 digits', 400, hixie({ 'Sec-WebSocket-Key1': `1 ${'0'.repeat(999)}` })],
  ['spaces that HTTP trims', 400, hixie({ 'Sec-WebSocket-Key1': '  12  ' })],
];

const RUNS: Case[] = [' ', '\t', '"', "'", ',', '\\', ', ', 'a,'].flatMap((piece) => {
  const run = piece.repeat(15_000 / piece.length);
  const shown = JSON.stringify(piece);
  return [
    [`15 kB of ${shown} in Upgrade`, 101, hybi({ Upgrade: `x${run},websocket` })],
    [`15 kB of ${shown} in Connection`, 101, hybi({ Connection: `Upgrade,x${run},` })],
    [`15 kB of ${shown} in Host`, 400, hybi({ Host: `x${run} x` })],
    [`15 kB of ${shown} in the key`, 400, hybi({ 'Sec-WebSocket-Key': `${run}${KEY}x` })],
    [`15 kB of ${shown} in the version`, 426, hybi({ 'Sec-WebSocket-Version': `1${run}3` })],
    [`15 kB of ${shown} in Key1`, 400, hixie({ 'Sec-WebSocket-Key1': `x${run}x` })],
    [`15 kB of ${shown} in Origin`, 101, hybi({ Origin: `x${run}x` })],
    [
      `15 kB of ${shown} in the extensions`,
      // "does not conform to the ABNF": RFC 6455 §9.1 lets no server overlook that
      [' ', '\t', '"', '\\'].includes(piece) ? 400 : 101,
      hybi({ 'Sec-WebSocket-Extensions': `x${run}x` }),
    ],
    [
      `15 kB of ${shown} in the subprotocols`,
      400,
      hybi({ 'Sec-WebSocket-Protocol': `x${run}x y` }),
    ],
  ] satisfies Case[];
});

const crowd = (count: number): requests.Headers =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [at.toString(36), '']));

const inFront = (count: number): string => head({ ...crowd(count), ...HYBI_13 });
const behind = (count: number): string => head({ ...HYBI_13, ...crowd(count) });

const CROWDS: Case[] = [1, 100, 900].flatMap((count): Case[] => [
  [`${count} more headers in front`, 101, inFront(count)],
  [`${count} more headers behind`, 101, behind(count)],
]);

/** Some versions of Node drop what is more than a thousand, others refuse the request. */
const MORE_THAN_NODE_KEEPS: Case[] = [
  ['1000 more headers behind', 101, behind(1000)],
  ['2200 more headers behind', 101, behind(2200)],
  ['2200 more headers in front', 400, inFront(2200)],
];

async function statusOf(port: number, request: string): Promise<number> {
  const client = await RawClient.connect(port, request);
  return Number((await client.readHead()).split(' ')[1]);
}

describe('every request is answered, and the next client is served:', () => {
  const groups: [string, Case[]][] = [
    ['request lines', REQUEST_LINES],
    ['absent headers', ABSENT],
    ['repeated headers', TWICE],
    ['values', VALUES],
    ['bodies', BODIES],
    ['key numbers of hixie-76', KEY_NUMBERS],
    ['runs', RUNS],
    ['crowds', CROWDS],
  ];
  describe.each(groups)('%s', (_, cases) => {
    test.each(cases)('%s: %i', async (name, status, request) => {
      const server = await serve();
      const client = await RawClient.connect(server.port, request);
      const answer = await client.readHead();
      expect([name, Number(answer.split(' ')[1])]).toEqual([name, status]);
      const { ws, events, errors, closed } = await server.next();
      if (status === 101) {
        expect(events).toEqual(['open']);
      } else {
        expect(await client.readRest()).toMatch(/^[\x20-\x7e]+\n?$/);
        expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
        expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
        expect(errors).toEqual([expect.objectContaining({ statusCode: status })]);
        expect(ws).toMatchObject({ readyState: 3, protocol: '', version: '' });
      }
      expect(await statusOf(server.port, head())).toBe(101);
    });
  });

  test.each(MORE_THAN_NODE_KEEPS)('%s: %i, or as Node has it', async (_, status, request) => {
    const plain = await statusOf(await listen(createServer((_, page) => page.end())), request);
    const { port } = await serve();
    expect(await statusOf(port, request)).toBe(plain === 200 ? status : plain);
    expect(await statusOf(port, head())).toBe(101);
  });
});

test.each([
  ['Upgrade', 200, hybi({ Upgrade: undefined })],
  ['Connection', 200, hybi({ Connection: undefined })],
  ['a target in ASCII', 400, head(HYBI_13, 'GET /\xff\xe9 HTTP/1.1')],
])('a request without %s is no upgrade request to Node', async (_, status, request) => {
  const server = createServer((_request, response) => response.end());
  server.on('upgrade', () => {
    throw new Error('not expected');
  });
  const client = await RawClient.connect(await listen(server), request);
  expect(await client.readHead()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test('a refusal says why, in exactly these bytes', async () => {
  const { port } = await serve();
  const client = await RawClient.connect(port, head(HYBI_13, 'POST / HTTP/1.1'));
  expect(await client.readRest()).toBe(
    'HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 44\r\n' +
      'Content-Type: text/plain; charset=utf-8\r\nAllow: GET\r\n\r\n' +
      'A WebSocket handshake must be a GET request.',
  );
});

test('a target of any form gives a well-formed url', async () => {
  const server = await serve();
  const line = 'GET http://user@other.example/p%C3%A9?q HTTP/1.1';
  await RawClient.connect(server.port, head(HYBI_13, line));
  expect((await server.next()).ws.url).toBe('ws://other.example/p%C3%A9?q');
});

test.each([
  ['X-Forwarded', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'public.example' }],
  ['Forwarded', { Forwarded: 'host=forged.example, host=public.example;proto=https' }],
])('%s headers count only with trustProxy', async (_, forwarded) => {
  for (const [trustProxy, url] of [
    [false, 'ws://example.com/demo'],
    [true, 'wss://public.example/demo'],
  ] as const) {
    const server = await serve({ trustProxy });
    await RawClient.connect(server.port, hybi(forwarded));
    expect((await server.next()).ws.url).toBe(url);
  }
});

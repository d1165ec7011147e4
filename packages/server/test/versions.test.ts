/** Every protocol version over real sockets: the handshake's bytes, an echo, closing from both sides. */
import type { ServerOptions } from '../src';
import { ServerWebSocket } from '../src';
import { closeFrame, closePayload, frame, TEXT } from '../../websocket/test/support/frames';
import { echoing, observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import * as requests from '../../websocket/test/support/requests';
import { TestServer } from '../../websocket/test/support/test-server';

const { ACCEPT, CHALLENGE, head, HIXIE_75, HIXIE_76, HYBI_07, HYBI_08, HYBI_13, KEY3 } = requests;

function serve(
  protocols?: readonly string[],
  options?: ServerOptions,
): Promise<TestServer<Observed<ServerWebSocket>>> {
  return TestServer.listen((...upgrade) =>
    observed(echoing(new ServerWebSocket(...upgrade, protocols, options))),
  );
}

const HYBI_ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  `Sec-WebSocket-Accept: ${ACCEPT}\r\nSec-WebSocket-Protocol: chat\r\n\r\n`;
const HYBI_TEXT = frame(TEXT, 'héllo');
const HYBI_ECHO = frame(TEXT, 'héllo', { masked: false });
const HYBI_CLOSE = frame(8, closePayload(1000), { masked: false });
const HIXIE_TEXT = Buffer.from('\0héllo\xff'.replace('é', 'Ã©'), 'latin1');
const HIXIE_CLOSE = Buffer.of(0xff, 0);
const OFFER = { 'Sec-WebSocket-Protocol': 'superchat, chat' };

interface Version {
  readonly version: string;
  readonly request: string;
  readonly answer: string;
  readonly text: Buffer;
  readonly echo: Buffer;
  /** What the client sends to close, `''` when it ends its stream. */
  readonly close: Buffer;
  /** What the server sends to close, or answers to that. */
  readonly serverClose: Buffer;
}

const hybi = (version: string, headers: requests.Headers): Version => ({
  version,
  request: head({ ...headers, ...OFFER }),
  answer: HYBI_ANSWER,
  text: HYBI_TEXT,
  echo: HYBI_ECHO,
  close: closeFrame(1000),
  serverClose: HYBI_CLOSE,
});

const VERSIONS: Version[] = [
  hybi('hybi-13', HYBI_13),
  hybi('hybi-08', HYBI_08),
  hybi('hybi-07', HYBI_07),
  {
    version: 'hixie-76',
    request: head({ ...HIXIE_76, ...OFFER }) + KEY3,
    answer:
      'HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Origin: http://example.com\r\nSec-WebSocket-Location: ws://example.com/demo\r\n' +
      `Sec-WebSocket-Protocol: chat\r\n\r\n${CHALLENGE}`,
    text: HIXIE_TEXT,
    echo: HIXIE_TEXT,
    close: HIXIE_CLOSE,
    serverClose: HIXIE_CLOSE,
  },
  {
    version: 'hixie-75',
    request: head({ ...HIXIE_75, 'WebSocket-Protocol': 'superchat, chat' }),
    answer:
      'HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n' +
      'WebSocket-Origin: http://example.com\r\nWebSocket-Location: ws://example.com/demo\r\n' +
      'WebSocket-Protocol: chat\r\n\r\n',
    text: HIXIE_TEXT,
    echo: HIXIE_TEXT,
    close: Buffer.alloc(0),
    serverClose: Buffer.alloc(0),
  },
];

describe.each(VERSIONS)('$version', ({ version, request, answer, text, echo, ...closing }) => {
  const CLEAN = { code: 1000, reason: '', wasClean: true };

  test('answers with exactly this head, and echoes', async () => {
    const server = await serve(['chat']);
    const client = await RawClient.connect(server.port, request);
    expect((await client.read(answer.length)).toString('latin1')).toBe(answer);
    const { ws } = await server.next();
    expect(ws).toMatchObject({ version, protocol: 'chat', extensions: '', readyState: 1 });
    expect(ws.url).toBe('ws://example.com/demo');
    client.write(text);
    expect(await client.read(echo.length)).toEqual(echo);
  });

  test('closes cleanly when the client does', async () => {
    const server = await serve(['chat']);
    const client = await RawClient.connect(server.port, request);
    await client.read(answer.length);
    const { closed, events } = await server.next();
    client.socket.end(closing.close);
    expect(await client.readRest()).toBe(closing.serverClose.toString('latin1'));
    expect(await closed).toEqual(CLEAN);
    expect(events).toEqual(['open', 'close 1000']);
  });

  test('closes cleanly when the server does', async () => {
    const server = await serve(['chat']);
    const client = await RawClient.connect(server.port, request);
    await client.read(answer.length);
    const { ws, closed, events } = await server.next();
    ws.close(1000);
    const sent = await client.read(closing.serverClose.length);
    expect(sent).toEqual(closing.serverClose);
    client.socket.end(closing.close);
    expect(await closed).toEqual(CLEAN);
    expect(events).toEqual(['open', 'close 1000']);
  });

  test('reads what came in one segment with the request', async () => {
    const server = await serve(['chat']);
    const bytes = Buffer.concat([Buffer.from(request, 'latin1'), text, text, closing.close]);
    const client = await RawClient.connect(server.port, bytes);
    await client.read(answer.length);
    expect(await client.read(2 * echo.length)).toEqual(Buffer.concat([echo, echo]));
    client.socket.end();
    const { closed, events } = await server.next();
    expect(await closed).toEqual(CLEAN);
    expect(events).toEqual(['open', 'message héllo', 'message héllo', 'close 1000']);
  });

  test('is refused when protocolVersions leaves it out', async () => {
    const others = VERSIONS.map((entry) => entry.version).filter((other) => other !== version);
    const protocolVersions = others as NonNullable<ServerOptions['protocolVersions']>;
    const server = await serve([], { protocolVersions });
    const client = await RawClient.connect(server.port, request);
    expect(await client.readRest()).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/);
    const { closed, events } = await server.next();
    expect((await closed).code).toBe(1006);
    expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
  });
});

test('a 426 names the versions that are accepted', async () => {
  const server = await serve([], { protocolVersions: ['hybi-13', 'hixie-76', 'hybi-07'] });
  const client = await RawClient.connect(server.port, head(HYBI_08));
  expect(await client.readHead()).toContain('\r\nSec-WebSocket-Version: 13, 7\r\n');
});

test('the subprotocol is the first of the client’s that the server supports', async () => {
  const server = await serve(['a', 'b', 'c']);
  const offer = { ...HYBI_13, 'Sec-WebSocket-Protocol': ['x, c', 'a'] };
  const client = await RawClient.connect(server.port, head(offer));
  expect(await client.readHead()).toContain('\r\nSec-WebSocket-Protocol: c\r\n');
});

test('no subprotocol and no extension is chosen when none fits', async () => {
  const server = await serve(['a']);
  const offers = {
    'Sec-WebSocket-Protocol': 'x',
    'Sec-WebSocket-Extensions': 'deflate-stream, x-webkit-deflate-frame',
  };
  const client = await RawClient.connect(server.port, head({ ...HYBI_13, ...offers }));
  expect(await client.readHead()).toBe(HYBI_ANSWER.replace('Sec-WebSocket-Protocol: chat\r\n', ''));
});

test('the application’s headers are in the response', async () => {
  const headers = { 'Set-Cookie': ['a=1', 'b=2'], 'X-Number': 3 };
  const server = await serve(['chat'], { headers });
  const client = await RawClient.connect(server.port, head({ ...HYBI_13, ...OFFER }));
  const extra = 'Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Number: 3\r\n\r\n';
  expect(await client.readHead()).toBe(HYBI_ANSWER.replace(/\r\n$/, extra));
});

describe('a hixie connection', () => {
  test('has no binary messages', async () => {
    const server = await serve();
    const client = await RawClient.connect(server.port, head(HIXIE_75));
    await client.readHead();
    const { ws, closed, events } = await server.next();
    expect(ws.send(Buffer.from('x'))).toBe(false);
    client.reset();
    await closed;
    expect(events[1]).toBe('error WS_ERR_NO_BINARY');
  });

  test('ends with error and 1006 when it vanishes without its closing frame', async () => {
    const server = await serve();
    const client = await RawClient.connect(server.port, head(HIXIE_76) + KEY3);
    await client.readTo(CHALLENGE);
    const { closed, events } = await server.next();
    client.reset();
    expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
    expect(events).toEqual(['open', 'error ECONNRESET', 'close 1006']);
  });
});

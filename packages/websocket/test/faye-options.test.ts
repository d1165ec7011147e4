/** What programs for faye-websocket pass as options and headers, with the same result from both modules. */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from '@ws/connection';
import { outcomeOf, testDifferences } from './support/faye-differences';
import { MODULES } from './support/faye-modules';
import type { WebSocketModule } from './support/faye-modules';
import { echoing, messageOf, nextEvent } from './support/observed';
import { releaseLater } from './support/release';
import { TestServer } from './support/test-server';

const deflate: unknown = jest.requireActual('permessage-deflate');

/** Of both ends. */
const OPTIONS: unknown[] = [
  null,
  undefined,
  false,
  { headers: null },
  { headers: false },
  { extensions: null },
  { extensions: false },
  { extensions: [] },
  { extensions: deflate },
  { extensions: [deflate] },
  { maxLength: null },
  { maxLength: Infinity },
  { ping: null },
  { ping: 0 },
  { ping: false },
  { headers: undefined, extensions: undefined, maxLength: undefined, ping: undefined },
  { proxy: null, tls: null, ca: null },
  { proxy: undefined, tls: undefined, ca: undefined },
];

const CLIENT_OPTIONS: unknown[] = [
  { proxy: null },
  { proxy: false },
  { proxy: '' },
  { proxy: {} },
  { proxy: { origin: '' } },
  { proxy: { origin: null } },
  { proxy: { origin: undefined, headers: null, tls: null } },
  { tls: null },
  { tls: false },
  { tls: { ca: null } },
  { ca: null },
  { ca: false },
];

const PROTOCOLS: unknown[] = [null, undefined, false, '', []];

/** An echo server's end of each connection. */
const serving = (
  Module: WebSocketModule,
  protocols?: unknown,
  options?: unknown,
): Promise<TestServer<WebSocket>> =>
  TestServer.listen((...upgrade) =>
    echoing(new Module(...upgrade, protocols as null, options as null)),
  );

function dialled(
  Module: WebSocketModule,
  url: string,
  protocols?: unknown,
  options?: unknown,
): WebSocket {
  const ws = new Module.Client(url, protocols as null, options as null);
  releaseLater(() => ws.close());
  return ws;
}

/** What comes back, and which subprotocol there is. */
async function echoOf(ws: WebSocket): Promise<unknown> {
  ws.send('hello');
  return [await messageOf(ws), ws.protocol];
}

/** A client's request as the server has it. */
async function requestOf(WebSocket: WebSocketModule, options: unknown): Promise<IncomingMessage> {
  const asked = await TestServer.listen((request, socket, body) => {
    new WebSocket(request, socket, body);
    return request;
  });
  await nextEvent(dialled(WebSocket, asked.url, [], options), 'open');
  return asked.next();
}

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  test.each([null, undefined, {}, { a: 1 }, { b: undefined, a: null }])(
    'validateOptions: %j has none but valid options',
    (options) => {
      expect(WebSocket.validateOptions(options, ['a', 'b'])).toBeUndefined();
    },
  );

  test('validateOptions names the option that is not valid', () => {
    const { validateOptions } = WebSocket;
    const validate = (): void => validateOptions({ a: 1, colour: undefined }, ['a', 'b']);
    expect(validate).toThrow(Error);
    expect(validate).toThrow(/option:? colour/);
  });

  test.each(OPTIONS)('the options %j on a server', async (options) => {
    const { url } = await serving(WebSocket, [], options);
    expect(await echoOf(dialled(WebSocket, url))).toEqual(['hello', '']);
  });

  test.each([...OPTIONS, ...CLIENT_OPTIONS])('the options %j on a client', async (options) => {
    const { url } = await serving(WebSocket);
    expect(await echoOf(dialled(WebSocket, url, [], options))).toEqual(['hello', '']);
  });

  test.each(PROTOCOLS)('the subprotocols %j', async (protocols) => {
    const { url } = await serving(WebSocket, protocols);
    expect(await echoOf(dialled(WebSocket, url, protocols))).toEqual(['hello', '']);
  });

  test.each([
    ['undefined', undefined, undefined],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['a number', 0, '0'],
    ['the empty string', '', ''],
  ])('a header that is %s, of a request and of a response', async (_, value, sent) => {
    const options = { headers: { 'X-A': value, 'X-B': 'b' } };
    const { headers } = await requestOf(WebSocket, options);
    expect([headers['x-a'], headers['x-b']]).toEqual([sent, 'b']);
    const { url } = await serving(WebSocket, [], options);
    const ws = dialled(WebSocket, url);
    await nextEvent(ws, 'open');
    expect([ws.headers?.['x-a'], ws.headers?.['x-b']]).toEqual([sent, 'b']);
  });

  test('a proxy passes a request’s headers on', async () => {
    const backend = await TestServer.listen((request, socket, body) => {
      echoing(new WebSocket(request, socket, body, ['chat']));
      return request;
    });
    const front = await TestServer.listen((request, socket, body) => {
      const ws = new WebSocket(request, socket, body, ['chat']);
      const { headers } = request;
      const to = dialled(WebSocket, backend.url, ['chat'], { headers });
      ws.on('message', ({ data }) => to.send(data));
      to.on('message', ({ data }) => ws.send(data));
    });
    const options = { headers: { Cookie: 'a=1', 'X-A': '1', Origin: 'https://a' } };
    const ws = dialled(WebSocket, front.url, ['chat', 'other'], options);
    expect(await echoOf(ws)).toEqual(['hello', 'chat']);
    const { headers } = await backend.next();
    expect(headers).toMatchObject({
      host: `127.0.0.1:${backend.port}`,
      connection: 'Upgrade',
      'sec-websocket-protocol': 'chat',
      cookie: 'a=1',
      origin: 'https://a',
      'x-a': '1',
    });
  });
});

testDifferences([
  {
    what: '`Host` in the option `headers`',
    faye: false,
    ours: true,
    async run(WebSocket) {
      const { headers } = await requestOf(WebSocket, { headers: { Host: 'a.example' } });
      return headers.host === 'a.example';
    },
  },
  {
    what: '`Sec-WebSocket-Protocol` in the option `headers`',
    faye: undefined,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { url } = await serving(WebSocket);
      const options = { headers: { 'Sec-WebSocket-Protocol': 'chat' } };
      return outcomeOf(() => void dialled(WebSocket, url, [], options));
    },
  },
  {
    what: "a number in a string, `ping: '30'`",
    faye: undefined,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { url } = await serving(WebSocket);
      return outcomeOf(() => void dialled(WebSocket, url, [], { ping: '30' }));
    },
  },
  {
    what: '`maxLength: 0`',
    faye: 'hello',
    ours: 1009,
    async run(WebSocket) {
      const { url } = await serving(WebSocket, [], { maxLength: 0 });
      const ws = dialled(WebSocket, url);
      ws.send('hello');
      return Promise.race([messageOf(ws), nextEvent(ws, 'close').then(({ code }) => code)]);
    },
  },
]);

/** The gateways of the README, between clients and an upstream. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import WebSocket, { refuse, WebSocketServer } from '@ws/websocket';
import type { RefusedError, UpgradeContext } from '@ws/websocket';
import { startGatewayServer } from '../src/readme/gateway';
import { startHandmadeGatewayServer } from '../src/readme/gateway-by-hand';
import { hangUp, next, shutDown, webSocketUrlOf } from './endings';

let upstream: WebSocketServer;
let gateway: Server;
let decide: (context: UpgradeContext) => Promise<RefusedError | undefined>;

beforeEach(async () => {
  decide = () => Promise.resolve(undefined);
  upstream = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    protocols: ['b'],
    upgrade: (context) => decide(context),
  });
  upstream.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));
  await once(upstream, 'listening');
  process.env['UPSTREAM'] = `ws://127.0.0.1:${upstream.address()!.port}/`;
});

afterEach(async () => {
  delete process.env['UPSTREAM'];
  await upstream.close({ timeout: 1000 });
  await shutDown(gateway);
});

describe.each([
  ['by its hook', startGatewayServer],
  ['by hand', startHandmadeGatewayServer],
])('a gateway %s', (_, start) => {
  test.each([
    [['a', 'b'], 'b'],
    [[], ''],
  ])(
    'answers an offer of %j as the upstream does, and passes messages',
    async (offered, chosen) => {
      gateway = start(0);
      const ws = new WebSocket(await webSocketUrlOf(gateway), offered);
      ws.send('hello');
      expect((await next(ws, 'message')).data).toBe('hello');
      expect(ws.protocol).toBe(chosen);
      await hangUp(ws);
    },
  );

  test('answers 502 where there is no upstream', async () => {
    process.env['UPSTREAM'] = 'ws://127.0.0.1:1/';
    gateway = start(0);
    const ws = new WebSocket(await webSocketUrlOf(gateway));
    await ws.closed;
    expect(ws.statusCode).toBe(502);
  });

  test('gives up the upstream when the client leaves before the answer', async () => {
    const asked = new Promise<AbortSignal>((resolve) => {
      decide = ({ signal }) => {
        resolve(signal);
        return new Promise(() => undefined);
      };
    });
    gateway = start(0);
    await webSocketUrlOf(gateway);
    const client = connect((gateway.address() as AddressInfo).port, '127.0.0.1');
    client.write(
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const left = await asked;
    client.destroy();
    if (!left.aborted) await once(left, 'abort');
    expect(left.reason).toMatchObject({ code: 'WS_ERR_CLIENT_GONE' });
  });

  test('ends when the upstream does, with its code', async () => {
    gateway = start(0);
    const ws = new WebSocket(await webSocketUrlOf(gateway));
    await ws.opened;
    const closed = next(ws, 'close');
    await upstream.close({ code: 1012, reason: 'restart' });
    expect(await closed).toMatchObject({ code: 1012, reason: 'restart' });
  });
});

describe('a gateway by its hook', () => {
  async function statusOf(options?: WebSocket.ClientOptions): Promise<number | null> {
    gateway = startGatewayServer(0);
    const ws = new WebSocket(await webSocketUrlOf(gateway), [], options);
    await ws.closed;
    return ws.statusCode;
  }

  test.each([401, 403, 429, 503])('answers %p where the upstream does', async (status) => {
    decide = () => Promise.resolve(refuse(status));
    expect(await statusOf()).toBe(status);
  });

  test('answers 502 where the upstream answers what opens nothing', async () => {
    decide = () => Promise.resolve(refuse(200));
    expect(await statusOf()).toBe(502);
  });

  test('answers 504 where the upstream says nothing for too long', async () => {
    process.env['TIMEOUT'] = '1';
    decide = () => new Promise(() => undefined);
    expect(await statusOf()).toBe(504);
    delete process.env['TIMEOUT'];
  });

  test('says who the client is', async () => {
    const headers = { Authorization: 'Bearer a', Cookie: 'sid=b', 'X-Forwarded-For': '10.0.0.1' };
    const asked = new Promise<UpgradeContext>((resolve) => {
      decide = (context) => {
        resolve(context);
        return Promise.resolve(refuse(403));
      };
    });
    await statusOf({ headers });
    const { authorization, cookie, 'x-forwarded-for': address } = (await asked).request.headers;
    expect([authorization, cookie]).toEqual(['Bearer a', 'sid=b']);
    expect(address).toMatch(/^(::1|(::ffff:)?127\.0\.0\.1)$/);
  });
});

/** `wss:` against certificates that are right, wrong, expired and nobody's. */
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Client } from '@ws/client';
import { ServerWebSocket } from '@ws/server';
import { echoing, messageOf, observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { releaseLater } from '../../websocket/test/support/release';
import { TestServer } from '../../websocket/test/support/test-server';
import { dialled } from './answering';
import { certificates } from './certificates';
import type { Certificates, Identity } from './certificates';

let issued: Certificates;

beforeAll(async () => {
  issued = await certificates();
});

function serve(identity: Identity): Promise<TestServer<Observed<ServerWebSocket>>> {
  const server = createServer(identity).on('tlsClientError', () => {});
  return TestServer.listen(
    (...upgrade) => observed(echoing(new ServerWebSocket(...upgrade))),
    server,
  );
}

test.each(['127.0.0.1', 'localhost'])(
  'a certificate for %s that the given ca signed',
  async (host) => {
    const server = await serve(issued.valid);
    const url = `wss://${host}:${server.port}/chat`;
    const { ws } = dialled(url, [], { tls: { ca: issued.ca.cert } });
    ws.send('over TLS');
    expect(await messageOf(ws)).toBe('over TLS');
    expect(ws.url).toBe(url);
    const accepted = await server.next();
    expect(accepted.ws.url).toBe(url);
    ws.close(1000, 'done');
    expect(await accepted.closed).toEqual({ code: 1000, reason: 'done', wasClean: true });
  },
);

test('a server that does not speak TLS is called that', async () => {
  const server = createPlainServer((_, response) => response.end('a page'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  releaseLater(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(new Client(`wss://127.0.0.1:${port}/`).opened).rejects.toThrow(
    `cannot connect to 127.0.0.1:${port}: it does not speak TLS, which wss: needs`,
  );
});

const REFUSED: [keyof Certificates, string][] = [
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['expired', 'CERT_HAS_EXPIRED'],
];

describe.each(REFUSED)('a certificate that is %s is refused', (name, code) => {
  test.each([
    ['by default', {}],
    ['with rejectUnauthorized undefined', { rejectUnauthorized: undefined }],
    ['with rejectUnauthorized null', { rejectUnauthorized: null }],
    ['with checkServerIdentity null', { checkServerIdentity: null }],
  ])('%s', async (_, options) => {
    const { port } = await serve(issued[name]);
    const tls = { ca: issued.ca.cert, ...options } as ConnectionOptions;
    const { events, closed } = dialled(`wss://127.0.0.1:${port}/`, [], { tls });
    expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
    expect(events).toEqual([`error ${code}`, 'close 1006']);
  });
});

test('a certificate whose authority nobody has named is refused', async () => {
  const { port } = await serve(issued.valid);
  const { events, closed } = dialled(`wss://127.0.0.1:${port}/`, [], { tls: undefined });
  await closed;
  expect(events).toEqual(['error UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'close 1006']);
});

test('only false switches the verification off', async () => {
  const { port } = await serve(issued.selfSigned);
  const tls = { rejectUnauthorized: false };
  const { ws } = dialled(`wss://127.0.0.1:${port}/`, [], { tls });
  ws.send('trusting');
  expect(await messageOf(ws)).toBe('trusting');
});

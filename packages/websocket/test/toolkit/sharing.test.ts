/** Who gets the upgrade requests of an HTTP server: WebSocketServers, and others that listen. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { Client } from '@ws/client';
import { ServerWebSocket, WebSocketServer } from '@ws/server';
import { certificates } from '../../../client/test/certificates';
import { nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { releaseLater } from '../support/release';
import { head } from '../support/requests';
import { listen } from '../support/test-server';
import type { Upgrade } from '../support/test-server';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

describe('several servers of one HTTP server', () => {
  test('the first whose path matches has the request', async () => {
    const { server, url } = await serve({ path: '/a' });
    const other = new WebSocketServer({ server, path: ['/b', '/c/:x'] });
    const connection = connectionOf(other);
    dial(`${url}/c/1`);
    expect((await connection).url).toContain('/c/1');
    expect(await statusOf(`${url}/d`)).toBe(404);
    expect(server.listenerCount('upgrade')).toBe(1);
    await other.close();
    expect(server.listenerCount('upgrade')).toBe(1);
  });

  test.each([
    ['/a', '/a'],
    ['/:x', '/:y'],
    ['/x/*', ['/y', '/x/*']],
    [undefined, undefined],
  ])('the path is one server alone: %j and %j', async (path, again) => {
    const { server } = await serve({ path });
    expect(() => new WebSocketServer({ server, path: again })).toThrow(/^option path: another/);
  });

  test.each<[string | undefined, string, number]>([
    [undefined, '/unreached', 1],
    ['/*', '/unreached/:x', 1],
    ['/a', '/*', 0],
    ['/a', '/b', 0],
  ])(
    '%j, and later %j: of a path that is never reached there are %i warnings',
    async (path, later, count) => {
      const { server } = await serve({ path });
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
      releaseLater(() => warn.mockRestore());
      new WebSocketServer({ server, path: later });
      expect(
        warn.mock.calls.filter(([text]) => String(text).includes('gets no requests')),
      ).toHaveLength(count);
    },
  );

  test('no path matches, and somebody else listens: the socket is left to them', async () => {
    const { server, url } = await serve({ path: '/a' });
    server.on('upgrade', (...upgrade: Upgrade) => new ServerWebSocket(...upgrade));
    await nextEvent(dial(`${url}/other`), 'open');
  });

  test('no path matches, and it is not to be refused: the socket is left alone', async () => {
    const { server, port } = await serve({ path: '/a', unmatched: 'ignore' });
    const client = await RawClient.connect(port, head());
    const [, socket] = (await once(server, 'upgrade')) as [unknown, NodeJS.WritableStream];
    client.reset();
    await new Promise((resolve) => socket.on('close', resolve));
  });

  test('a listener in front that has made a WebSocket keeps it', async () => {
    const server = createServer();
    server.on('upgrade', (...upgrade: Upgrade) => new ServerWebSocket(...upgrade));
    const port = await listen(server);
    const chat = new WebSocketServer({ server });
    chat.on('connection', () => expect('a connection').toBe('none'));
    await nextEvent(dial(`ws://127.0.0.1:${port}`), 'open');
  });
});

test('an HTTP/2 server has the requests of HTTP/1.1', async () => {
  const { ca, valid } = await certificates();
  const server = createSecureServer({ ...valid, allowHTTP1: true });
  const port = await listen(server);
  const chat = new WebSocketServer({ server });
  releaseLater(() => chat.close({ timeout: 0 }));
  const client = new Client(`wss://127.0.0.1:${port}`, [], { ca: ca.cert });
  releaseLater(() => client.terminate());
  await nextEvent(client, 'open');
  expect([...chat.clients].map(({ url }) => url)).toEqual([client.url]);
});

describe('a server of its own', () => {
  test('listens, answers plain requests with 426, and is closed', async () => {
    const chat = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(chat, 'listening');
    const { port } = chat.address()!;
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain('WebSocket');
    const client = dial(`ws://127.0.0.1:${port}`);
    await nextEvent(client, 'open');
    const closed = once(chat, 'close');
    expect(await chat.close()).toEqual({ closed: 1, terminated: 0 });
    await closed;
    expect(chat.address()).toBeNull();
  });
});

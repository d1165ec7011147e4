/** Sockets that nobody listens on any more before their request is answered, plain and encrypted. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { ServerWebSocket } from '../src';
import { certificates } from '../../client/test/certificates';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { releaseLater } from '../../websocket/test/support/release';
import { head, HIXIE_76, HYBI_13, KEY3 } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import type { Upgrade } from '../../websocket/test/support/test-server';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };
const GONE = ['error WS_ERR_CLIENT_GONE', 'close 1006'];
const UNAUTHORIZED = 'HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** An upgrade request, and what the test needs of the client that sent it. */
interface Requested {
  readonly upgrade: Upgrade;
  /** Ends the client's stream. */
  readonly end: () => void;
  /** All that the client received, once it has seen the end. */
  readonly received: () => Promise<string>;
}

async function plain(request: string): Promise<Requested> {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), request);
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  return { upgrade, end: () => client.socket.end(), received: () => client.readRest() };
}

const identity = certificates();

async function encrypted(request: string): Promise<Requested> {
  const { valid, ca } = await identity;
  const server = createSecureServer(valid);
  const client = connect({ port: await listen(server), host: '127.0.0.1', ca: ca.cert });
  releaseLater(() => client.destroy());
  const chunks: string[] = [];
  client.setEncoding('latin1').on('data', (chunk: string) => chunks.push(chunk));
  client.on('error', () => {});
  const over = once(client, 'close');
  client.write(request, 'latin1');
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  const received = async (): Promise<string> => {
    await over;
    return chunks.join('');
  };
  return { upgrade, end: () => client.end(), received };
}

async function expectGone(upgrade: Upgrade): Promise<void> {
  const [, socket] = upgrade;
  const { ws, events, closed } = observed(new ServerWebSocket(...upgrade));
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(GONE);
  expect(ws.readyState).toBe(3);
  if (!socket.closed) await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
}

const REQUESTS: [string, string][] = [
  ['hybi-13', head()],
  ['hybi-13 with a frame behind it', head() + frame(TEXT, 'hi').toString('latin1')],
  ['hixie-76', head(HIXIE_76) + KEY3],
  ['hixie-76 without its key3', head(HIXIE_76)],
  ['a request to refuse', head(HYBI_13, 'POST / HTTP/1.1')],
];

describe.each([
  ['plain', plain],
  ['encrypted', encrypted],
])('%s', (_, requested) => {
  describe.each(REQUESTS)('%s', (_name, request) => {
    test('the client ends its stream while the application takes its time', async () => {
      const { upgrade, end, received } = await requested(request);
      end();
      await once(upgrade[1], 'end');
      await expectGone(upgrade);
      expect(await received()).toBe('');
    });

    test('another listener has ended the socket', async () => {
      const { upgrade, received } = await requested(request);
      upgrade[1].end(UNAUTHORIZED);
      await expectGone(upgrade);
      expect(await received()).toBe(UNAUTHORIZED);
    });

    test('another listener has ended the socket, long ago', async () => {
      const { upgrade, received } = await requested(request);
      upgrade[1].end(UNAUTHORIZED);
      await once(upgrade[1], 'finish');
      await expectGone(upgrade);
      expect(await received()).toBe(UNAUTHORIZED);
    });

    test.each<[string, (socket: Duplex) => unknown, string]>([
      ['ends', (socket) => socket.end(UNAUTHORIZED), UNAUTHORIZED],
      ['destroys', (socket) => socket.destroy(), ''],
    ])('another listener %s the socket after the construction', async (_title, act, expected) => {
      const { upgrade, received } = await requested(request);
      process.nextTick(() => act(upgrade[1]));
      await expectGone(upgrade);
      expect(await received()).toBe(expected);
    });

    test('another listener has destroyed the socket', async () => {
      const { upgrade, received } = await requested(request);
      upgrade[1].destroy();
      await expectGone(upgrade);
      expect(await received()).toBe('');
    });
  });
});

describe('while key3 is waited for', () => {
  async function waiting() {
    const server = createServer();
    const client = await RawClient.connect(await listen(server), head(HIXIE_76) + KEY3.slice(1));
    const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
    const seen = observed(new ServerWebSocket(...upgrade));
    await client.readHead();
    return { client, socket: upgrade[1], ...seen };
  }

  test('the client ends its stream', async () => {
    const { client, closed, events } = await waiting();
    client.socket.end();
    expect(await closed).toEqual(CLOSED_1006);
    expect(events).toEqual(GONE);
    expect(await client.readRest()).toBe('');
  });

  test.each(['then', 'and in the same turn'])(
    'another ends the socket, %s it comes',
    async (when) => {
      const { client, socket, closed, events } = await waiting();
      if (when === 'then') {
        socket.end('bye');
      } else {
        // The listener of key3 comes behind this one.
        socket.prependOnceListener('data', () => socket.end('bye'));
      }
      client.write('x');
      expect(await closed).toEqual(CLOSED_1006);
      expect(events).toEqual(GONE);
      expect(await client.readRest()).toBe('bye');
      expect(socket.destroyed).toBe(true);
    },
  );
});

test('a client that keeps its side open when another listener ends the socket is not waited for', async () => {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), head());
  client.socket.allowHalfOpen = true;
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  upgrade[1].end(UNAUTHORIZED);
  await expectGone(upgrade);
  expect(await client.readRest()).toBe(UNAUTHORIZED);
});

test('a client that does not take what another listener ended the socket with is given up', async () => {
  const server = createServer();
  const client = await RawClient.connect(await listen(server), head());
  client.socket.pause();
  const [...upgrade] = (await once(server, 'upgrade')) as Upgrade;
  upgrade[1].end(Buffer.alloc(64 * 1024 * 1024));
  const gone = once(upgrade[1], 'close');
  const { events } = observed(new ServerWebSocket(...upgrade, [], { handshakeTimeout: 20 }));
  await gone;
  expect(events).toEqual(GONE);
});

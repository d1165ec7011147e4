/** Plug-ins for `websocket-extensions` between this implementation and the one they were made for. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PluginMessage, PluginSession, WebSocketExtensionsPlugin } from '@ws/extensions';
import WebSocket from '../src';
import { echoing, messageOf, nextEvent } from './support/observed';
import type { W3cPeer } from './support/peers';
import { listen, TestServer } from './support/test-server';

type Options = { extensions: WebSocketExtensionsPlugin[] };
type Faye = new (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocols: string[],
  options: Options,
) => W3cPeer;
type FayeClient = new (url: string, protocols: string[], options: Options) => W3cPeer;
const faye = jest.requireActual<Faye & { Client: FayeClient }>('faye-websocket');

const MESSAGES = ['text', '', Buffer.from('bytes'), 'é'.repeat(40_000)];

/** Inverts the bits of every byte, at once or a little later, and uses no RSV bit. */
function inverting(isLate: boolean): WebSocketExtensionsPlugin {
  const invert: PluginSession['processIncomingMessage'] = (message, callback) => {
    const data = message.data.map((byte) => byte ^ 0xff);
    const inverted: PluginMessage = { ...message, data: Buffer.from(data) };
    if (isLate) setImmediate(() => callback(null, inverted));
    else callback(null, inverted);
  };
  const session = {
    generateOffer: () => ({}),
    activate: () => true,
    generateResponse: () => ({}),
    processIncomingMessage: invert,
    processOutgoingMessage: invert,
    close: () => {},
  };
  return {
    name: 'x-invert',
    type: 'permessage',
    rsv1: false,
    rsv2: false,
    rsv3: false,
    createClientSession: () => session,
    createServerSession: () => session,
  };
}

describe.each([
  ['at once', false],
  ['later', true],
])('a plug-in without RSV bits that calls back %s', (_, isLate) => {
  const options = { extensions: [inverting(isLate)] };

  test('transforms all that a client of ours and a server of faye-websocket send', async () => {
    const http = createServer();
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const peer = new faye(request, socket, head, [], options);
      peer.onmessage = ({ data }) => peer.send(data as string | Buffer);
    });
    const ws = new WebSocket(`ws://127.0.0.1:${await listen(http)}/`, [], options);
    await nextEvent(ws, 'open');
    expect(ws.extensions).toBe('x-invert');
    for (const message of MESSAGES) {
      ws.send(message);
      expect(await messageOf(ws)).toEqual(message);
    }
    const closed = nextEvent(ws, 'close');
    ws.send('last');
    ws.close(1000);
    expect(await closed).toMatchObject({ code: 1000, wasClean: true });
  });

  test('transforms all that a server of ours and a client of faye-websocket send', async () => {
    const server = await TestServer.listen((...upgrade) =>
      echoing(new WebSocket(...upgrade, [], options)),
    );
    const peer = new faye.Client(server.url, [], options);
    const received: unknown[] = [];
    const all = new Promise<void>((resolve) => {
      peer.onmessage = ({ data }) => {
        if (received.push(data) === MESSAGES.length) resolve();
      };
    });
    for (const message of MESSAGES) peer.send(message);
    await all;
    expect(received).toEqual(MESSAGES);
    expect((await server.next()).extensions).toBe('x-invert');
    const closed = new Promise<void>((resolve) => (peer.onclose = () => resolve()));
    peer.close(1000);
    await closed;
  });
});

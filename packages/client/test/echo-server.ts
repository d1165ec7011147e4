/** Echo servers that remember who came, and clients that are heard by them. */
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { ServerWebSocket } from '@ws/server';
import type { Client, ClientOptions } from '../src';
import { echoing, messageOf, observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { TestServer } from '../../websocket/test/support/test-server';
import { dialled } from './answering';
import type { Identity } from './certificates';

export interface Accepted extends Observed<ServerWebSocket> {
  readonly remoteAddress: string | undefined;
  /** What the client has indicated, false when nothing; undefined without TLS. */
  readonly servername: unknown;
}

/** Accepts an upgrade request, and sends every message back. */
export function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Accepted {
  return {
    ...observed(echoing(new ServerWebSocket(request, socket, head))),
    remoteAddress: socket instanceof Socket ? socket.remoteAddress : undefined,
    servername: socket instanceof TLSSocket ? socket.servername : undefined,
  };
}

/** Listens until the test is over; over TLS when there is an identity. */
export function echoServer(identity?: Identity): Promise<TestServer<Accepted>> {
  if (identity === undefined) return TestServer.listen(accept);
  return TestServer.listen(
    accept,
    createServer(identity).on('tlsClientError', () => {}),
  );
}

/** Dials, and has a message sent back. */
export async function expectEcho(url: string, options: ClientOptions): Promise<Observed<Client>> {
  const client = dialled(url, [], options);
  client.ws.send('there');
  expect(await messageOf(client.ws)).toBe('there');
  return client;
}

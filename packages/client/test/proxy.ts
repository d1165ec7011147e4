/** An HTTP proxy that tunnels to 127.0.0.1, whatever host it is asked for; or does something worse. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { releaseLater } from '../../websocket/test/support/release';
import { listen } from '../../websocket/test/support/test-server';
import type { Identity } from './certificates';

export interface Proxy {
  readonly origin: string;
  readonly port: number;
  /** What it was asked, with the server name of the TLS connection to it. */
  readonly asked: { readonly request: IncomingMessage; readonly servername: unknown }[];
}

/** What a proxy does with a request for a tunnel. */
export type Behaviour = (request: IncomingMessage, client: Duplex) => void;

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Tunnels. */
export const open: Behaviour = (request, client) => {
  const target = targetOf(request, client);
  target.on('connect', () => {
    client.write(ESTABLISHED);
    client.pipe(target).pipe(client);
  });
};

/** Waits for the target's first bytes, and sends them in one segment with its own answer. */
export const eager: Behaviour = (request, client) => {
  const target = targetOf(request, client);
  target.once('data', (first: Buffer) => {
    client.write(Buffer.concat([Buffer.from(ESTABLISHED), first]));
    client.pipe(target).pipe(client);
  });
};

/** Tunnels for those who give these credentials. */
export const demanding =
  (credentials: string): Behaviour =>
  (request, client) => {
    const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (request.headers['proxy-authorization'] === expected) open(request, client);
    else answering('407 Proxy Authentication Required')(request, client);
  };

/** Answers, with a header and a body, and closes. */
export const answering =
  (status: string): Behaviour =>
  (_, client) => {
    const headers = 'Proxy-Authenticate: Basic realm="a"\r\nContent-Length: 2\r\n';
    client.end(`HTTP/1.1 ${status}\r\n${headers}\r\nno`);
  };

export const saying =
  (text: string): Behaviour =>
  (_, client) =>
    client.end(text);

export const silent: Behaviour = () => {};

/** Listens until the test is over; over TLS when there is an identity. */
export async function proxyThat(behave: Behaviour, identity?: Identity): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  const server = identity === undefined ? createServer() : createTlsServer(identity);
  server.on('tlsClientError', () => {});
  server.on('connect', (request, client) => {
    const servername = client instanceof TLSSocket ? client.servername : undefined;
    asked.push({ request, servername });
    client.on('error', () => {});
    behave(request, client);
  });
  const port = await listen(server);
  const scheme = identity === undefined ? 'http' : 'https';
  return { origin: `${scheme}://127.0.0.1:${port}`, port, asked };
}

function targetOf({ url = '' }: IncomingMessage, client: Duplex): Socket {
  const port = Number(/:(\d+)$/.exec(url)?.[1]);
  const target = connect({ host: '127.0.0.1', port });
  target.on('error', () => client.destroy());
  target.on('close', () => client.destroy());
  client.on('close', () => target.destroy());
  releaseLater(() => target.destroy());
  return target;
}

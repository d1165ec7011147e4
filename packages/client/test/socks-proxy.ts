/** A SOCKS5 proxy (RFC 1928) without authentication, which connects to 127.0.0.1 whatever host it is asked for. */
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { releaseLater } from '../../websocket/test/support/release';
import { listen } from '../../websocket/test/support/test-server';

export interface SocksProxy {
  readonly url: string;
  /** The hosts that it was asked for. */
  readonly asked: readonly string[];
}

const NAME = 3;
const NO_AUTHENTICATION = Buffer.from([5, 0]);
const CONNECTED = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]);

/** Listens until the test is over. */
export async function socksProxy(): Promise<SocksProxy> {
  const asked: string[] = [];
  const server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', () => {
      client.write(NO_AUTHENTICATION);
      client.once('data', (request) => {
        asked.push(hostIn(request));
        tunnel(client, request.readUInt16BE(request.length - 2));
      });
    });
  });
  return { url: `socks5h://127.0.0.1:${await listen(server)}`, asked };
}

function hostIn(request: Buffer): string {
  const address = request.subarray(4, -2);
  return request[3] === NAME ? address.toString('latin1', 1) : address.join('.');
}

function tunnel(client: Socket, port: number): void {
  const target = connect(port, '127.0.0.1', () => {
    client.write(CONNECTED);
    client.pipe(target).pipe(client);
  });
  target.on('error', () => client.destroy());
  target.on('close', () => client.destroy());
  client.on('close', () => target.destroy());
  releaseLater(() => target.destroy());
}

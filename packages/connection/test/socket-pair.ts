/** Two ends of a TCP connection within the process, one of them a WebSocket's. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket } from '../src/api/websocket';
import { connectionSettings } from '../src/options';
import type { ConnectionOptions } from '../src/options';
import { SERVER } from '../src/protocol/role';
import { MemoryOpening } from './memory-opening';

export interface SocketPair {
  readonly ws: WebSocket;
  /** The WebSocket's end. */
  readonly near: Socket;
  /** The peer's end, which is paused. */
  readonly far: Socket;
}

const pairs: SocketPair[] = [];

/** A server's WebSocket that is open. `destroyPairs()` ends it. */
export async function socketPair(options: ConnectionOptions = {}): Promise<SocketPair> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const accepted = once(listener, 'connection');
  const far = connect((listener.address() as AddressInfo).port, '127.0.0.1').pause();
  const [near] = (await accepted) as [Socket];
  if (far.connecting) await once(far, 'connect');
  listener.close();
  far.on('error', () => undefined);
  const opening = new MemoryOpening(SERVER, { stream: near });
  const ws = new WebSocket(opening, connectionSettings(options));
  opening.open();
  const pair = { ws, near, far };
  pairs.push(pair);
  return pair;
}

/** To be called in `afterEach`. */
export function destroyPairs(): void {
  for (const { ws, far } of pairs.splice(0)) {
    ws.terminate();
    far.destroy();
  }
}

/** A TCP server that reads a client's request and answers as the test wants it. */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { WebSocket } from '@ws/connection';
import { Client } from '../src';
import type { ClientOptions } from '../src';
import { observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { releaseLater } from '../../websocket/test/support/release';
import { acceptFor, responseHead } from '../../websocket/test/support/requests';
import type { Headers } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';

export interface Asked {
  readonly socket: Socket;
  /** The request's head. */
  readonly head: string;
  /** The Sec-WebSocket-Accept that it wants. */
  readonly accept: string;
}

/** Listens, and has every request answered by `answer`; gives the port. */
export async function answering(
  answer: (asked: Asked) => unknown,
  server: Server = createServer(),
  event = 'connection',
): Promise<number> {
  server.on(event, (socket: Socket) => {
    let head = '';
    socket.on('error', () => {});
    const onData = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.endsWith('\r\n\r\n')) return;
      socket.off('data', onData);
      const key = /^Sec-WebSocket-Key: (.*)\r$/m.exec(head)?.[1] ?? '';
      answer({ socket, head, accept: acceptFor(key) });
    };
    socket.on('data', onData);
  });
  return listen(server);
}

/** The right answer to a request, as far as `changes` leave it. */
export function rightAnswer({ accept }: Asked, changes: Headers = {}): string {
  const headers = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Accept': accept };
  return responseHead('101 Switching Protocols', { ...headers, ...changes });
}

/** Dials, and listens to everything. */
export function dialled(
  url: string | URL,
  protocols?: string | readonly string[],
  options?: ClientOptions,
): Observed<Client> {
  return kept(new Client(url, protocols, options));
}

function kept<Made extends WebSocket>(ws: Made): Observed<Made> {
  releaseLater(() => ws.terminate());
  return observed(ws);
}

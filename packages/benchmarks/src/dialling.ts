/**
 * The connections of a load to a server: TCP, the opening handshake by hand, then bytes.
 *
 * Bytes are read into one buffer per connection that is used again for every read: what a callback
 * is shown is valid until it returns.
 */
import { connect } from 'node:net';
import { ACCEPT, requestHead } from './handshake';
import { LoadConnection } from './load-connection';

export interface Target {
  readonly port: number;
  readonly path: '/echo' | '/subscribe' | '/publish';
  /** Size of the receive buffer, in bytes. */
  readonly bufferSize: number;
  /** Whether to insist on compression; false unless given. */
  readonly deflate?: boolean;
}

/**
 * What a client says that compresses every message by itself, and leaves the rest to the server
 * (RFC 7692 §7.1.1.2): so the load can send the same bytes again and again.
 */
const DEFLATE_OFFER = 'Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover';

const OPENING_AT_ONCE = 100;

/** Connects, upgrades, and resolves with the open connection. */
export function openConnection(target: Target): Promise<LoadConnection> {
  const { port, path, bufferSize, deflate = false } = target;
  return new Promise((resolve, reject) => {
    let connection: LoadConnection | undefined;
    let head = '';
    const buffer = Buffer.allocUnsafeSlow(bufferSize);
    const callback = (length: number): boolean => {
      if (connection === undefined) readHead(buffer.toString('latin1', 0, length));
      else connection.onBytes(buffer.subarray(0, length));
      return true;
    };
    const refuse = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const closed = (): void => refuse(new Error('the server closed during the handshake'));
    const readHead = (text: string): void => {
      head += text;
      if (!head.includes('\r\n\r\n')) return;
      if (!isUpgrade(head, deflate))
        return refuse(new Error(`the server did not upgrade:\n${head}`));
      socket.off('error', refuse).off('close', closed);
      connection = new LoadConnection(socket);
      resolve(connection);
    };
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback },
    });
    socket.once('error', refuse).once('close', closed);
    socket.write(requestHead(port, path, deflate ? [DEFLATE_OFFER] : []));
  });
}

/** Opens one connection per target, a bounded number at a time so that no backlog overflows. */
export async function openConnections(targets: readonly Target[]): Promise<LoadConnection[]> {
  const connections: LoadConnection[] = [];
  for (let i = 0; i < targets.length; i += OPENING_AT_ONCE) {
    const some = targets.slice(i, i + OPENING_AT_ONCE);
    connections.push(...(await Promise.all(some.map(openConnection))));
  }
  return connections;
}

/** Nothing may follow the head: a server has nothing to say before the first message. */
function isUpgrade(head: string, deflate: boolean): boolean {
  const compresses = /^sec-websocket-extensions: *permessage-deflate/im.test(head);
  return (
    head.startsWith('HTTP/1.1 101 ') &&
    head.includes(ACCEPT) &&
    head.endsWith('\r\n\r\n') &&
    compresses === deflate
  );
}

/**
 * One client connection of the load: a TCP socket, the opening handshake by hand, then bytes.
 *
 * Bytes are read into one buffer per connection that is used again for every read: what a callback
 * is shown is valid until it returns. After the handshake a loss of the connection that nobody
 * asked for is thrown, and ends the load process: a measurement with a hole is none.
 */
import { connect, type Socket } from 'node:net';

export interface Target {
  readonly port: number;
  readonly path: '/echo' | '/subscribe' | '/publish';
  /** Size of the receive buffer, in bytes. */
  readonly bufferSize: number;
  /** Whether to insist on compression; false unless given. */
  readonly deflate?: boolean;
}

/** The key and its answer from the example in RFC 6455 §1.3. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/**
 * What a client says that compresses every message by itself, and leaves the rest to the server
 * (RFC 7692 §7.1.1.2): so the load can send the same bytes again and again.
 */
const DEFLATE_OFFER = 'permessage-deflate; client_no_context_takeover';

const OPENING_AT_ONCE = 100;

export class ClientConnection {
  /** Called with every chunk; borrowed for the call. */
  onBytes: (bytes: Uint8Array) => void = () => {
    throw new Error('bytes came that nothing had asked for');
  };

  readonly #socket: Socket;
  #closing = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', (error) => this.#lost(error));
    socket.on('close', () => this.#lost(new Error('closed by the server')));
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Ends the TCP connection and resolves once the server has ended it too. */
  close(): Promise<void> {
    this.#closing = true;
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.end();
    });
  }

  #lost(cause: Error): void {
    if (!this.#closing) throw new Error('a connection was lost', { cause });
  }
}

/** Connects, upgrades, and resolves with the open connection. */
export function openConnection(target: Target): Promise<ClientConnection> {
  const { port, bufferSize, deflate = false } = target;
  return new Promise((resolve, reject) => {
    let connection: ClientConnection | undefined;
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
      connection = new ClientConnection(socket);
      resolve(connection);
    };
    const socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback },
    });
    socket.once('error', refuse).once('close', closed);
    socket.write(requestHead(target));
  });
}

/** Opens one connection per target, a bounded number at a time so that no backlog overflows. */
export async function openConnections(targets: readonly Target[]): Promise<ClientConnection[]> {
  const connections: ClientConnection[] = [];
  for (let i = 0; i < targets.length; i += OPENING_AT_ONCE) {
    const some = targets.slice(i, i + OPENING_AT_ONCE);
    connections.push(...(await Promise.all(some.map(openConnection))));
  }
  return connections;
}

function requestHead({ port, path, deflate = false }: Target): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    ...(deflate ? [`Sec-WebSocket-Extensions: ${DEFLATE_OFFER}`] : []),
    '\r\n',
  ].join('\r\n');
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

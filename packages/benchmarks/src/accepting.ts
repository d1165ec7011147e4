/** The connections of a load from clients: a server that answers the opening handshake by hand. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { responseHead } from './handshake';
import { LoadConnection } from './load-connection';

const BACKLOG = 1024;
const END_OF_HEAD = '\r\n\r\n';

export interface Acceptor {
  readonly port: number;
  /** Resolves when all of them are open. */
  readonly connections: Promise<LoadConnection[]>;
}

/** Listens for `count` clients, which are to say nothing before they are sent something. */
export function acceptConnections(count: number): Promise<Acceptor> {
  return new Promise((resolve) => {
    const open: LoadConnection[] = [];
    let haveAll: (connections: LoadConnection[]) => void;
    const connections = new Promise<LoadConnection[]>((settle) => (haveAll = settle));
    const server = createServer({ noDelay: true }, (socket) => {
      upgrade(socket, (connection) => {
        if (open.push(connection) === count) haveAll(open);
      });
    });
    server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
      resolve({ port: (server.address() as AddressInfo).port, connections });
    });
  });
}

function upgrade(socket: Socket, onOpen: (connection: LoadConnection) => void): void {
  let head = '';
  const read = (chunk: Buffer): void => {
    head += chunk.toString('latin1');
    if (!head.endsWith(END_OF_HEAD)) return;
    const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? '';
    const connection = new LoadConnection(socket);
    socket.off('data', read).on('data', (bytes: Buffer) => connection.onBytes(bytes));
    socket.write(responseHead(key));
    onOpen(connection);
  };
  socket.on('data', read);
}

import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { client } from './raw';

let server: Server;
let socket: Socket;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  socket.destroy();
  server.close();
});

test('what follows the handshake in the same chunk is sent back, too', async () => {
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const connected = client.connect((server.address() as AddressInfo).port);
  [socket] = await accepted;
  await once(socket, 'data');
  const echo = once(socket, 'data');
  socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\nfirst');
  await connected;
  expect(String((await echo)[0])).toBe('first');
});

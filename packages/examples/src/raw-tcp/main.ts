/** A server and two clients over plain TCP. One client keeps to the protocol, the other does not. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { CLIENT, SERVER } from '@ws/frame-parser';
import { Peer } from './peer';

const server = createServer((socket) => {
  const peer = new Peer(socket, SERVER, (text) => peer.send(text.toUpperCase()));
});

async function dial(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function main(): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const good = await dial();
  const client = new Peer(good, CLIENT, (text) => {
    console.log('client: received', text);
    client.close(1000, 'thank you');
  });
  client.send('hello');
  await once(good, 'close');

  const bad = await dial();
  new Peer(bad, CLIENT, () => {});
  bad.write(Uint8Array.of(0x81, 2, 0x68, 0x69)); // a text that is not masked
  await once(bad, 'close');
  server.close();
}

void main();

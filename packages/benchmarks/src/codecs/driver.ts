/** `websocket-driver`, which is within `faye-websocket`. */
import * as driver from 'websocket-driver';
import { responseHead } from '../handshake';
import type { Codec } from './codec';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

const REQUEST = {
  method: 'GET',
  url: '/',
  headers: {
    host: 'localhost',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': KEY,
  },
};

export const codec: Codec = {
  parser(onMessage) {
    const server = driver.http(REQUEST);
    server.on('message', onMessage);
    server.start();
    return (chunk) => server.parse(chunk);
  },
  encoder(end, onBytes) {
    const open = end === 'server' ? driver.http(REQUEST) : openClient();
    if (end === 'server') open.start();
    open.io.on('data', onBytes);
    return (payload) => {
      if (typeof payload === 'string') open.text(payload);
      else open.binary(payload);
    };
  },
};

function openClient(): driver.Driver {
  const client = driver.client('ws://localhost/');
  let head = '';
  client.io.on('data', (bytes) => (head ||= Buffer.from(bytes).toString()));
  client.start();
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? '';
  client.parse(Buffer.from(responseHead(key)));
  return client;
}

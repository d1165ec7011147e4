/** `ws` as most people use it: text stays a Buffer both ways. */
import { once } from 'node:events';
import WebSocket from 'ws';
import { urlOf, type Client } from './client';

export const client: Client = {
  async connect(port) {
    const ws = new WebSocket(urlOf(port));
    ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
    await once(ws, 'open');
  },
};

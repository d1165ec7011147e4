/** The client of `undici`, which is Node's own from version 22 on. */
import { WebSocket } from 'undici';
import { urlOf, type Client } from './client';
import { echoW3c } from './w3c';

export const client: Client = {
  connect(port) {
    const ws = new WebSocket(urlOf(port));
    ws.binaryType = 'arraybuffer';
    return echoW3c(ws);
  },
};

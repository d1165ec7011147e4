/** The `WebSocket` that a runtime has without any import: of Bun, of Deno, of Node from version 22 on. */
import { urlOf, type Client } from './client';
import { echoW3c } from './w3c';

export const client: Client = {
  connect(port) {
    const ws = new globalThis.WebSocket(urlOf(port));
    ws.binaryType = 'arraybuffer';
    return echoW3c(ws);
  },
};

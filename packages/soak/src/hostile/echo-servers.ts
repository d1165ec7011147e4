/** The servers under attack: echoes as their READMEs show them, with the same options. */
import WebSocket from '@ws/websocket';
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';

export type PeerName = 'ours' | 'ws';

export interface EchoOptions {
  readonly deflate: boolean;
}

const MAX_LENGTH = 64 * 1024 * 1024;

/** The path whose connections the server closes as soon as they are open. */
const CLOSING_PATH = '/close';

/** Each serves the upgrades of an HTTP server. */
export const ECHO_SERVERS: Readonly<
  Record<PeerName, (server: Server, options: EchoOptions) => void>
> = {
  ours(server, { deflate }) {
    const options = { deflate, maxLength: MAX_LENGTH };
    server.on('upgrade', (request, socket, head) => {
      const ws = new WebSocket(request, socket, head, [], options);
      ws.on('message', ({ data }) => ws.send(data));
      if (request.url === CLOSING_PATH) ws.on('open', () => ws.close(1000));
    });
  },
  ws(server, { deflate }) {
    const options = { perMessageDeflate: deflate, maxPayload: MAX_LENGTH };
    new WebSocketServer({ server, ...options }).on('connection', (ws, request) => {
      ws.on('error', () => undefined);
      ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
      if (request.url === CLOSING_PATH) ws.close(1000);
    });
  },
};

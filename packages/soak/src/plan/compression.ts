/** The kinds of compression, and the `deflate` option that asks for each on either side. */
import type WebSocket from '@ws/websocket';

export type Compression = 'none' | 'deflate' | 'takeover';

export const DEFLATE: Readonly<Record<Compression, WebSocket.ServerOptions['deflate']>> = {
  none: false,
  deflate: true,
  takeover: { serverNoContextTakeover: false, clientNoContextTakeover: false },
};

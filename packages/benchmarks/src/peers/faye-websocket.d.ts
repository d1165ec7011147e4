/** What the peer uses of `faye-websocket`, which publishes no types. */
declare module 'faye-websocket' {
  import type { IncomingMessage } from 'node:http';
  import type { Duplex } from 'node:stream';

  class FayeWebSocket {
    constructor(request: IncomingMessage, socket: Duplex, head: Buffer);
    onmessage: ((event: { data: string | Buffer }) => void) | null;
    onclose: (() => void) | null;
    send(data: string | Buffer): boolean;
  }
  export = FayeWebSocket;
}

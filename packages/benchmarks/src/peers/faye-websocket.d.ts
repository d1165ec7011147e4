/** What the peer uses of `faye-websocket`, which publishes no types. */
declare module 'faye-websocket' {
  import type { IncomingMessage } from 'node:http';
  import type { Duplex } from 'node:stream';

  class Socket {
    onmessage: ((event: { data: string | Buffer }) => void) | null;
    onclose: (() => void) | null;
    send(data: string | Buffer): boolean;
  }

  class FayeWebSocket extends Socket {
    constructor(request: IncomingMessage, socket: Duplex, head: Buffer);
    static Client: new (url: string) => Socket & {
      binaryType: string;
      onopen: (() => void) | null;
      onerror: (() => void) | null;
    };
  }
  export = FayeWebSocket;
}

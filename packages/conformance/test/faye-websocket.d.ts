/** What the tests use of `faye-websocket`, which publishes no types. */
declare module 'faye-websocket' {
  import type { IncomingMessage } from 'node:http';
  import type { Duplex } from 'node:stream';

  class FayeWebSocket {
    static Client: new (url: string) => FayeWebSocket;
    constructor(request: IncomingMessage, socket: Duplex, head: Buffer);
    on(type: 'message', listener: (event: { data: string | Buffer }) => void): void;
    on(type: 'close' | 'error', listener: () => void): void;
    send(data: string | Buffer): boolean;
  }
  export = FayeWebSocket;
}

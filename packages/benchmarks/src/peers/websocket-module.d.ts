/** What the peers use of `websocket`, whose types are published apart. */
declare module 'websocket' {
  import type { Server } from 'node:http';

  type Message =
    | { readonly type: 'utf8'; readonly utf8Data: string }
    | { readonly type: 'binary'; readonly binaryData: Buffer };

  interface Limits {
    maxReceivedFrameSize: number;
    maxReceivedMessageSize: number;
    fragmentOutgoingMessages: boolean;
  }

  class connection {
    on(event: 'message', listener: (message: Message) => void): this;
    on(event: 'close', listener: () => void): this;
    send(data: string | Buffer): void;
  }

  class server {
    constructor(options: { httpServer: Server } & Limits);
    on(
      event: 'request',
      listener: (request: {
        readonly resource: string;
        accept(protocol: null, origin: null): connection;
      }) => void,
    ): this;
  }

  class client {
    constructor(options: Limits);
    on(event: 'connect', listener: (connection: connection) => void): this;
    on(event: 'connectFailed', listener: (error: Error) => void): this;
    connect(url: string): void;
  }
}

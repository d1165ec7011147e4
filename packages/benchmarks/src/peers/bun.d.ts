/** What the peer uses of Bun. */
declare namespace Bun {
  interface ServerWebSocket<Data> {
    readonly data: Data;
    send(message: string | Uint8Array, compress: boolean): number;
    subscribe(topic: string): void;
    publish(topic: string, message: string | Uint8Array, compress: boolean): number;
  }

  interface Server<Data> {
    readonly port: number;
    upgrade(request: Request, options: { data: Data }): boolean;
  }

  function serve<Data>(options: {
    port: number;
    hostname: string;
    fetch(request: Request, server: Server<Data>): Response | undefined;
    websocket: {
      perMessageDeflate: boolean;
      maxPayloadLength: number;
      backpressureLimit: number;
      idleTimeout: number;
      open(ws: ServerWebSocket<Data>): void;
      message(ws: ServerWebSocket<Data>, message: string | Uint8Array): void;
    };
  }): Server<Data>;

  function gc(force: boolean): void;
}

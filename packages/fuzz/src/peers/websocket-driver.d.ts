/** What is used of `websocket-driver`, which publishes no types. */
declare module 'websocket-driver' {
  interface Driver {
    start(): boolean;
    parse(chunk: Buffer): void;
    on(
      type: 'message' | 'ping' | 'pong',
      listener: (event: { data: string | Buffer }) => void,
    ): this;
    on(type: 'close', listener: (event: { code: number; reason: string }) => void): this;
    on(type: 'error', listener: (error: Error) => void): this;
  }

  interface Request {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  }

  function http(request: Request, options: { maxLength: number; requireMasking: boolean }): Driver;
}

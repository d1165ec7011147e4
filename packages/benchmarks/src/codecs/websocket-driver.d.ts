/** What is used of `websocket-driver`, which publishes no types. */
declare module 'websocket-driver' {
  interface Driver {
    readonly io: { on(event: 'data', listener: (bytes: Uint8Array) => void): void };
    on(event: 'message', listener: () => void): void;
    start(): boolean;
    parse(chunk: Buffer): void;
    text(text: string): boolean;
    binary(data: Buffer): boolean;
  }
  function http(request: { method: string; url: string; headers: Record<string, string> }): Driver;
  function client(url: string): Driver;
}

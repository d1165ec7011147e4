/** What a client under measurement is. */
export interface Client {
  /** Connects to `port` of this machine, resolves when open, and sends every message back as it came. */
  connect(port: number): Promise<void>;
}

export function urlOf(port: number): string {
  return `ws://127.0.0.1:${port}/echo`;
}

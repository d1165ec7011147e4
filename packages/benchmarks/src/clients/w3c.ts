/** The client's part through the W3C interface, for every client that has it. */
import { serveW3c, type W3cSocket } from '../peers/w3c';

/** What is used of the interface; `E` is the client's own message event. */
export interface W3cClient<E extends { readonly data: unknown }> extends W3cSocket<E> {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

/** Resolves when `ws`, which echoes from then on, is open. */
export function echoW3c<E extends { readonly data: unknown }>(ws: W3cClient<E>): Promise<void> {
  serveW3c(ws, 'echo', new Set());
  return new Promise((resolve, reject) => {
    ws.onopen = () => resolve();
    ws.onerror = () => reject(new Error('the client could not connect'));
  });
}

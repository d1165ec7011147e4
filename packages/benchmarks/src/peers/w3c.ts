/** The three roles through the W3C interface, for every peer that has it. */
import type { Role } from './peer';

/** What is used of the interface; `E` is the peer's own message event. */
export interface W3cSocket<E extends { readonly data: unknown }> {
  onmessage: ((event: E) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: E['data']): unknown;
}

/** Makes `ws` play `role`; `subscribers` are those of its server. */
export function serveW3c<E extends { readonly data: unknown }>(
  ws: W3cSocket<E>,
  role: Role,
  subscribers: Set<W3cSocket<E>>,
): void {
  switch (role) {
    case 'echo':
      ws.onmessage = (event) => ws.send(event.data);
      break;
    case 'subscribe':
      subscribers.add(ws);
      ws.onclose = () => subscribers.delete(ws);
      break;
    case 'publish':
      ws.onmessage = (event) => {
        for (const subscriber of subscribers) subscriber.send(event.data);
      };
  }
}

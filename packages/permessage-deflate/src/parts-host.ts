/** What a message in parts needs of the connection that it belongs to. */
import type { Droppable } from './idle-watch';
import type { Work } from './job';

export interface PartsHost {
  /** Works on other threads when it is the connection's turn. Rejects when the connection is over. */
  run(begin: () => Work): Promise<Uint8Array>;
  /** It holds memory, and is dropped when the connection is over, or when it is released. */
  keep(unfinished: Droppable): void;
  release(unfinished: Droppable): void;
}

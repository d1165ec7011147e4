import { becomeInterface, WebSocket } from '@ws/connection';
import type { ConnectionSettings, Opening } from '@ws/connection';

/**
 * A connection of a `WebSocketServer`.
 *
 * @typeParam Data what the `upgrade` hook has found out about the client
 */
export class ServerSocket<Data = undefined> extends WebSocket {
  /** What the `upgrade` hook has returned as `data`. */
  data: Data;

  constructor(opening: Opening, settings: ConnectionSettings, data: Data) {
    super(opening, settings);
    this.data = data;
  }
}

becomeInterface(ServerSocket);

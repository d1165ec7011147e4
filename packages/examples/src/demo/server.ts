/** The demo: a page, a chat with rooms, and an echo for every WebSocket client. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { assetsFor } from './assets';
import { serveChat } from './chat';
import { serveEcho } from './echo';
import { Sessions } from './sessions';

/** How long pages have to close, in milliseconds. */
const TIMEOUT = 5000;

export interface Demo {
  readonly server: Server;
  /** Ends all connections with 1001, "going away", and the server. */
  close(): Promise<void>;
}

/** A demo whose HTTP server is not listening yet. */
export function createDemo(): Demo {
  const sessions = new Sessions();
  const server = createServer(assetsFor(sessions));
  const webSockets = [serveChat(server, sessions), serveEcho(server)];
  const close = async (): Promise<void> => {
    server.close();
    const going = { code: 1001, reason: 'The demo was stopped.', timeout: TIMEOUT };
    await Promise.all(webSockets.map((each) => each.close(going)));
    server.closeAllConnections();
  };
  return { server, close };
}

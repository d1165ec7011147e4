/** Closes the connections of a session that ends: by a logout, or because its time is over. */
import { refuse, WebSocketServer } from '@ws/websocket';

interface Session {
  readonly user: string;
  readonly expires: number;
}

/** Yours are in a database. */
export const sessions = new Map<string, Session>();

export const chat = new WebSocketServer({
  port: Number(process.env['PORT'] ?? 8080),
  upgrade({ cookies }) {
    const id = cookies.get('sid') ?? '';
    const session = sessions.get(id);
    const isOver = session === undefined || session.expires <= Date.now();
    return isOver ? refuse(401) : { data: { id, session } };
  },
});

/** One timer for all: a session may be extended meanwhile, and last longer than a timer can (24 days). */
setInterval(() => {
  for (const ws of chat.clients) {
    if (ws.data.session.expires <= Date.now()) ws.close(4401, 'Your session has expired.');
  }
}, 10_000).unref();

/** To be called when a user logs out. */
export function logOut(id: string): void {
  sessions.delete(id);
  for (const ws of chat.clients) {
    if (ws.data.id === id) ws.close(4401, 'You have logged out.');
  }
}

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
    return session === undefined ? refuse(401) : { data: { id, session } };
  },
});

chat.on('connection', (ws) => {
  const { session } = ws.data;
  const expire = (): void => ws.close(4401, 'Your session has expired.');
  const timer = setTimeout(expire, session.expires - Date.now());
  ws.on('close', () => clearTimeout(timer));
});

/** To be called when a user logs out. */
export function logOut(id: string): void {
  sessions.delete(id);
  for (const ws of chat.clients) {
    if (ws.data.id === id) ws.close(4401, 'You have logged out.');
  }
}

import { createServer } from 'node:http';
import { refuse, WebSocketServer } from '@ws/server';

const server = createServer((_, response) => response.end('The page of the chat.'));
/** Yours are in a database, most likely. */
const users = new Map([['a1b2c3', 'Ada']]);

export const chat = new WebSocketServer({
  server,
  path: '/chat/:room',
  protocols: ['chat.v2', 'chat.v1'],
  maxLength: 1 << 20,
  upgrade({ params, cookies }) {
    const user = users.get(cookies.get('sid') ?? '');
    if (user === undefined) return refuse(401, 'Log in first.');
    return { data: { user, topic: `room/${params.room}` } };
  },
});

chat.on('connection', (ws) => {
  const { user, topic } = ws.data;
  ws.subscribe(topic);
  ws.on('message', ({ data }) => chat.publish(topic, `${user}: ${data as string}`, { except: ws }));
});

async function shutDown(): Promise<void> {
  server.close(); // from here on the port is free for the next process
  await chat.close({ code: 1012, reason: 'restart', over: 20_000, timeout: 30_000 });
  server.closeAllConnections();
}
process.once('SIGTERM', () => void shutDown());

export const listening = server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');

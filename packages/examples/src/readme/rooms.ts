/** The chat server of the READMEs: the lines between the markers, with a port filled in. */
// #region readme
import { createServer } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';

/** Who has logged in, by the cookie; yours are in a database, which `upgrade` may ask: it can be async. */
const sessions = new Map([
  ['sid-of-ada', 'Ada'],
  ['sid-of-bob', 'Bob'],
]);

// #endregion
import type { Server } from 'node:http';

/** Starts the server, which SIGTERM stops. */
export function startRoomServer(port: number): Server {
  // #region readme
  const server = createServer((_, response) => {
    response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
  });

  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    origins: ['https://app.example'],
    protocols: ['chat.v2', 'chat.v1'],
    maxLength: 1 << 20,
    upgrade({ params, cookies }) {
      const user = sessions.get(cookies.get('sid') ?? '');
      if (user === undefined) return refuse(401, 'Log in first.');
      return { data: { user, room: params.room } };
    },
  });

  chat.on('connection', (ws) => {
    const topic = `room/${ws.data.room}`;
    ws.subscribe(topic);
    ws.on('message', ({ data }) => chat.publish(topic, data, { except: ws }));
  });

  server.listen(port);
  process.once('SIGTERM', () => {
    server.close();
    void chat.close({ code: 1012, reason: 'restart', over: 20_000, timeout: 30_000 });
  });
  // #endregion
  return server;
}

/** The server process in Deno: its own server, as its documentation shows it. It runs in Deno alone. */
import { answerServerCalls } from '../server-calls';
import { roleOf } from './peer';
import { serveW3c, type W3cSocket } from './w3c';

answerServerCalls({
  listen: () =>
    new Promise((resolve) => {
      const subscribers = new Set<W3cSocket<MessageEvent>>();
      const onListen = ({ port }: { port: number }): void => resolve(port);
      Deno.serve({ port: 0, hostname: '127.0.0.1', onListen }, (request) => {
        const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
        socket.binaryType = 'arraybuffer';
        serveW3c(socket, roleOf({ url: new URL(request.url).pathname }), subscribers);
        return response;
      });
    }),
});

/** The server process in Bun: its own server, as its documentation shows it. It runs in Bun alone. */
import { answerServerCalls } from '../server-calls';
import { roleOf, type Role } from './peer';

const TOPIC = 'everybody';
const LONGEST_MESSAGE = 2 ** 26;

/** Far above what a cell has in flight: above it Bun drops what is sent. */
const BACKPRESSURE_LIMIT = 2 ** 28;

answerServerCalls({
  listen({ deflate, maxLength = LONGEST_MESSAGE }) {
    const compresses = deflate !== false;
    const server = Bun.serve<Role>({
      port: 0,
      hostname: '127.0.0.1',
      fetch(request, bun) {
        const role = roleOf({ url: new URL(request.url).pathname });
        return bun.upgrade(request, { data: role }) ? undefined : new Response();
      },
      websocket: {
        perMessageDeflate: compresses,
        maxPayloadLength: maxLength,
        backpressureLimit: BACKPRESSURE_LIMIT,
        idleTimeout: 0,
        open(ws) {
          if (ws.data === 'subscribe') ws.subscribe(TOPIC);
        },
        message(ws, message) {
          if (ws.data === 'echo') ws.send(message, compresses);
          else if (ws.data === 'publish') ws.publish(TOPIC, message, compresses);
        },
      },
    });
    return Promise.resolve(server.port);
  },
  collectGarbage: () => Bun.gc(true),
});

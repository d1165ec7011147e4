/** A thermometer that speaks two versions of its subprotocol. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';

/** How each version writes a temperature. */
const FORMATS: Readonly<Record<string, (celsius: number) => string>> = {
  'thermometer.v2': (celsius) => JSON.stringify({ celsius }),
  'thermometer.v1': (celsius) => `${celsius} C`,
};
const PROTOCOLS = Object.keys(FORMATS);

/** Starts the server; close it, and the connections to it, to stop. */
export function startThermometer(port: number): Server {
  const server = createServer((_, response) => response.writeHead(404).end());

  const thermometer = new WebSocketServer({
    server,
    protocols: PROTOCOLS,
    upgrade({ protocols }) {
      if (protocols.some((offered) => PROTOCOLS.includes(offered))) return;
      return refuse(400, `Speak one of these subprotocols: ${PROTOCOLS.join(', ')}.`);
    },
  });
  thermometer.on('connection', (ws) => ws.send(FORMATS[ws.protocol]!(21.5)));

  return server.listen(port);
}

/** The metrics of the how-to page, of real connections. */
import { createServer } from 'node:http';
import WebSocket, { refuse, WebSocketServer } from '@ws/websocket';
import { measureWebSockets } from '../src/readme/metrics';
import type { Attributes, Meter } from '../src/readme/metrics';
import { hangUp, next, shutDown, webSocketUrlOf } from './endings';

/** What was added and recorded, by the metrics and their attributes. */
class RecordingMeter implements Meter {
  readonly sums = new Map<string, number>();
  readonly recorded: [name: string, value: number, attributes: object][] = [];

  createCounter(name: string): { readonly add: (value: number, attributes?: object) => void } {
    const add = (value: number, attributes: object = {}): void => {
      const series = [name, ...Object.values(attributes as Attributes)].join(' ');
      this.sums.set(series, (this.sums.get(series) ?? 0) + value);
    };
    return { add };
  }

  createUpDownCounter(name: string): ReturnType<Meter['createUpDownCounter']> {
    return this.createCounter(name);
  }

  createHistogram(name: string): ReturnType<Meter['createHistogram']> {
    const record = (value: number, attributes: object = {}): void => {
      this.recorded.push([name, value, attributes]);
    };
    return { record };
  }
}

test('the metrics of connections, by the route', async () => {
  const meter = new RecordingMeter();
  measureWebSockets(meter);
  const server = createServer().listen(0, 'localhost');
  const url = await webSocketUrlOf(server);
  const chat = new WebSocketServer({
    server,
    path: '/chat/:room',
    upgrade: ({ params }) => (params.room === 'secret' ? refuse(403) : undefined),
  });
  chat.on('connection', (ws) => ws.on('message', ({ data }) => ws.send(data)));
  const client = new WebSocket(`${url}chat/blue`);
  client.send('hello');
  await next(client, 'message');
  expect([...meter.sums]).toEqual([['websocket.server.active_connections /chat/:room', 1]]);
  const refused = new WebSocket(`${url}chat/secret`);
  await next(refused, 'close');
  await hangUp(client);
  await chat.close();
  await shutDown(server);
  expect(Object.fromEntries(meter.sums)).toEqual({
    'websocket.server.active_connections /chat/:room': 0,
    'websocket.server.messages /chat/:room receive': 1,
    'websocket.server.messages /chat/:room transmit': 1,
    'websocket.server.io /chat/:room receive': 5,
    'websocket.server.io /chat/:room transmit': 5,
    'websocket.server.dropped_messages /chat/:room': 0,
    'websocket.server.refused /chat/:room 403 hook': 1,
  });
  expect(meter.recorded).toEqual([
    [
      'websocket.server.connection.duration',
      expect.any(Number),
      { 'http.route': '/chat/:room', 'websocket.initiator': 'remote' },
    ],
  ]);
});

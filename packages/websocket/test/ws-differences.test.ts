/** Where `send()` is that of ws 8, and where it is not, as the table of MIGRATING.md says. */
import { WebSocket as WsWebSocket } from 'ws';
import WebSocket from '../src';
import { messageOf } from './support/observed';
import { TestServer } from './support/test-server';

/** What a server gets from ws, and from the umbrella, for the same argument. */
// prettier-ignore
const ROWS: [string, unknown, unknown, unknown][] = [
  ['send(42)',        42,        '42',             '42'],
  ['send(null)',      null,      Buffer.alloc(0),  'null'],
  ['send(undefined)', undefined, Buffer.alloc(0),  'undefined'],
  ['send([1, 2])',    [1, 2],    Buffer.of(1, 2),  '1,2'],
];

test.each(ROWS)('%s', async (_, data, ofWs, ours) => {
  const server = await TestServer.listen((...upgrade) => messageOf(new WebSocket(...upgrade)));
  const ws = new WsWebSocket(server.url);
  ws.onopen = () => ws.send(data as string, () => ws.close());
  expect(await server.next()).toEqual(ofWs);
  const client = new WebSocket(server.url);
  client.send(data as string, () => client.close());
  expect(await server.next()).toEqual(ours);
});

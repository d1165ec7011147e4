/**
 * What sockjs's server does with faye-websocket, with both modules. The whole of it runs on the packed
 * umbrella in `packaging-check/programs`.
 */
import { MODULES } from './support/faye-modules';
import { echoing, messageOf, nextEvent } from './support/observed';
import { TestServer } from './support/test-server';

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  test('a socket that has got methods of a response, for one handler of requests and upgrades', async () => {
    const server = await TestServer.listen((request, socket, head) => {
      const methods = { writeHead: () => socket, setHeader: () => socket };
      return echoing(new WebSocket(request, Object.assign(socket, methods), head));
    });
    const client = new WebSocket.Client(server.url);
    await nextEvent(client, 'open');
    client.send('Hello');
    expect(await messageOf(client)).toBe('Hello');
    client.close();
    await nextEvent(client, 'close');
  });
});

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

  test('null for what is not needed, and a third argument of close()', async () => {
    // sockjs has no types: what it passes is not what they say
    const Untyped = WebSocket as unknown as new (...args: unknown[]) => typeof WebSocket.prototype;
    const server = await TestServer.listen((...upgrade) => new Untyped(...upgrade, null, null));
    const client = new WebSocket.Client(server.url, null, null);
    const closed = nextEvent(client, 'close');
    const accepted = await server.next();
    await nextEvent(client, 'open');
    const pong = new Promise<void>((resolve) => {
      expect(accepted.ping(null as never, () => resolve())).toBe(true);
    });
    await pong;
    const close = accepted.close.bind(accepted) as (...args: unknown[]) => void;
    close(3000, 'No response from heartbeat', false);
    expect(await closed).toMatchObject({ code: 3000, reason: 'No response from heartbeat' });
  });
});

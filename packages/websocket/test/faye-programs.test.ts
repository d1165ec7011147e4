/**
 * What programs of npm ask of faye-websocket besides the calls that its README shows. The programs
 * themselves run in `packages/packaging-check`.
 */
import { MODULES } from './support/faye-modules';
import { messageOf, nextEvent } from './support/observed';
import { TestServer } from './support/test-server';

/** faye-websocket has no constant for it. */
const CLOSED = 3;

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  type Socket = InstanceType<typeof WebSocket>;
  type Client = InstanceType<typeof WebSocket.Client>;

  const serve = (): Promise<TestServer<Socket>> =>
    TestServer.listen((...upgrade) => new WebSocket(...upgrade));

  async function openPair(): Promise<{ server: Socket; client: Client }> {
    const listening = await serve();
    const client = new WebSocket.Client(listening.url);
    const opened = nextEvent(client, 'open');
    const server = await listening.next();
    await opened;
    return { server, client };
  }

  test('Client declares three parameters: primus passes options to nothing else', () => {
    expect(WebSocket.Client).toHaveLength(3);
  });

  test('no subprotocols may be null, on both ends, as for primus and ddp', async () => {
    const listening = await TestServer.listen((...upgrade) => new WebSocket(...upgrade, null));
    const client = new WebSocket.Client(listening.url, null);
    await nextEvent(client, 'open');
    expect(client.protocol).toBe('');
    expect((await listening.next()).protocol).toBe('');
  });

  test('send may be replaced by one that calls it later, as in live-server', async () => {
    const { server, client } = await openPair();
    const send = server.send.bind(server);
    server.send = (data: string) => {
      queueMicrotask(() => send(data));
      return true;
    };
    const received = messageOf(client);
    server.send('reload');
    expect(await received).toBe('reload');
  });

  test('nothing is called after handlers were cleared, as in the client of faye', async () => {
    const { server, client } = await openPair();
    const called: string[] = [];
    client.onmessage = () => called.push('message');
    client.onclose = () => called.push('close');
    client.onopen = client.onclose = client.onerror = client.onmessage = null;
    server.send('unheard');
    client.close();
    await nextEvent(server, 'close');
    expect(called).toEqual([]);
  });

  test('close() within onclose does nothing, as in tiny-lr', async () => {
    const { server, client } = await openPair();
    let ends = 0;
    const ended = new Promise<void>((resolve) => {
      server.onclose = () => {
        ends += 1;
        server.close();
        resolve();
      };
    });
    client.close(1000);
    await Promise.all([ended, nextEvent(client, 'close')]);
    expect(ends).toBe(1);
    expect(server.readyState).toBe(CLOSED);
  });

  test('removeAllListeners() within a listener of close, as in primus', async () => {
    const { server, client } = await openPair();
    const called: string[] = [];
    const ended = new Promise<void>((resolve) => {
      server.on('close', () => {
        server.removeAllListeners();
        called.push('first');
        setImmediate(resolve);
      });
    });
    server.on('message', () => called.push('message'));
    client.close(1000);
    await ended;
    expect(called).toEqual(['first']);
  });
});

/** What programs written for faye-websocket 0.11 pass when they open a connection, with both modules. */
import { MODULES } from './support/faye-modules';
import { messageOf } from './support/observed';
import { RawClient } from './support/raw-client';
import { frame, TEXT } from './support/frames';
import { TestServer } from './support/test-server';

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  test('null for the head: nothing has come behind the request', async () => {
    const server = await TestServer.listen((request, socket) => {
      return new WebSocket(request, socket, null);
    });
    const client = await RawClient.open(server.port);
    const received = messageOf(await server.next());
    client.write(frame(TEXT, 'hello'));
    expect(await received).toBe('hello');
  });
});

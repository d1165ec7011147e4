/** Extensions that fail while a request is answered, or whose connection never comes about. */
import type { Extension, ExtensionSession } from '@ws/extensions';
import { ServerWebSocket } from '../src';
import type { ServerOptions } from '../src';
import { observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { TestServer } from '../../websocket/test/support/test-server';

const REQUEST = head({ ...HYBI_13, 'Sec-WebSocket-Extensions': 'x-test' });
const THROWN = new Error('cannot');

function extension(accept: Extension['accept']): Extension {
  return { name: 'x-test', rsv: 0, offer: () => null, accept };
}

/** An extension that counts the sessions that it has open. */
function counting(): { open: number; extension: Extension } {
  const counter: { open: number; extension: Extension } = {
    open: 0,
    extension: extension(() => {
      counter.open++;
      const session: ExtensionSession = {
        processOutgoing: ({ opcode, rsv, data }) => ({ opcode, rsv, data }),
        processIncoming: (message) => message,
        close() {
          counter.open--;
        },
      };
      return { parameters: [], session };
    }),
  };
  return counter;
}

function serve(options: ServerOptions): Promise<TestServer<Observed<ServerWebSocket>>> {
  return TestServer.listen((...upgrade) => observed(new ServerWebSocket(...upgrade, [], options)));
}

test('one that throws at an offer has the request refused with 500', async () => {
  const throwing = extension(() => {
    throw THROWN;
  });
  const server = await serve({ extensions: [throwing] });
  const client = await RawClient.connect(server.port, REQUEST);
  expect(await client.readHead()).toMatch(/^HTTP\/1.1 500 Internal Server Error\r\n/);
  const { events, errors, closed } = await server.next();
  await closed;
  expect(events).toEqual(['error WS_ERR_REFUSED', 'close 1006']);
  expect(errors[0]?.cause).toBe(THROWN);
});

test('a session ends if the headers of the response cannot be sent', async () => {
  const counter = counting();
  const thrown: unknown[] = [];
  const server = await TestServer.listen((...upgrade) => {
    const headers = { 'Sec-WebSocket-Accept': 'x' };
    try {
      new ServerWebSocket(...upgrade, [], { extensions: [counter.extension], headers });
    } catch (error) {
      thrown.push(error);
    }
    upgrade[1].destroy();
  });
  const client = await RawClient.connect(server.port, REQUEST);
  await client.readRest();
  expect(thrown).toEqual([expect.any(TypeError)]);
  expect(counter.open).toBe(0);
});

test.each([
  ['is closed before it is open', (ws: ServerWebSocket) => ws.close()],
  ['is terminated before it is open', (ws: ServerWebSocket) => ws.terminate()],
  ['is terminated once it is open', (ws: ServerWebSocket) => ws.on('open', () => ws.terminate())],
])('a session ends with a connection that %s', async (_, end) => {
  const counter = counting();
  const server = await TestServer.listen((...upgrade) => {
    const options = { extensions: [counter.extension], closeTimeout: 1 };
    const made = new ServerWebSocket(...upgrade, [], options);
    end(made);
    return observed(made);
  });
  await RawClient.connect(server.port, REQUEST);
  const { closed } = await server.next();
  await closed;
  expect(counter.open).toBe(0);
});

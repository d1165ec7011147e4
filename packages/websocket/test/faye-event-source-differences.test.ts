/** Where an EventSource of faye-websocket 0.11 does something else, as MIGRATING.md says. */
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, type EventClient } from '../../event-source/test/streaming';
import type { WebSocketModule } from './support/faye-modules';
import { outcomeOf, testDifferences } from './support/faye-differences';
import { releaseLater } from './support/release';
import { listen } from './support/test-server';

type Source = InstanceType<WebSocketModule['EventSource']>;

/** A source with these options, or what making it throws, and the first that its client reads. */
async function opened(
  WebSocket: WebSocketModule,
  options: object = {},
): Promise<{ source: Source | string; first: () => Promise<string> }> {
  const server = createServer();
  const asked = once(server, 'request');
  const request = get({ host: '127.0.0.1', port: await listen(server) });
  request.on('error', () => {});
  releaseLater(() => request.destroy());
  const [message, response] = (await asked) as ConstructorParameters<
    WebSocketModule['EventSource']
  >;
  const source = outcomeOf(() => {
    const made = new WebSocket.EventSource(message, response, options);
    releaseLater(() => made.close());
    return made;
  }) as Source | string;
  return {
    source,
    async first() {
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      const [chunk] = (await once(answer, 'data')) as [Buffer];
      return String(chunk).trim();
    },
  };
}

/** What a client gets from a source that is used at once, until its end. */
async function answered(
  WebSocket: WebSocketModule,
  use: (source: Source) => void,
): Promise<EventClient> {
  const server = createServer((request, response) => {
    response.setHeader('X-Set', 'a');
    use(new WebSocket.EventSource(request, response));
  });
  const agent = new Agent({ keepAlive: true });
  releaseLater(() => agent.destroy());
  const client = await connect(await listen(server), { agent });
  await client.rest();
  return client;
}

testDifferences([
  {
    what: 'an option that `EventSource` does not have',
    faye: 'object',
    ours: 'string',
    run: async (WebSocket) => typeof (await opened(WebSocket, { retries: 5 })).source,
  },
  {
    what: '`EventSource`, `retry: 0`',
    faye: 'retry: 5000',
    ours: 'retry: 0',
    run: async (WebSocket) => (await opened(WebSocket, { retry: 0 })).first(),
  },
  {
    what: 'a line break in `event` or `id` of an `EventSource`',
    faye: true,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { source } = await opened(WebSocket);
      return outcomeOf(() => (source as Source).send('a', { id: '1\ndata: b' }));
    },
  },
  {
    what: '`id: 0` of an `EventSource`, or an empty one',
    faye: ['1', '1'],
    ours: ['', '0'],
    run: (WebSocket) =>
      Promise.all(
        ['', 0].map(async (id) => {
          const { parser } = await answered(WebSocket, (source) => {
            source.send('a', { id: '1' });
            source.send('b', { id });
            source.end();
          });
          return parser.lastEventId;
        }),
      ),
  },
  {
    what: 'a plain object, sent by an `EventSource`',
    faye: true,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { source } = await opened(WebSocket);
      return outcomeOf(() => (source as Source).send({} as never));
    },
  },
  {
    what: 'headers set in the response of an `EventSource`',
    faye: undefined,
    ours: 'a',
    async run(WebSocket) {
      const { response } = await answered(WebSocket, (source) => source.end());
      return response.headers['x-set'];
    },
  },
  {
    what: 'the connection of an `EventSource` that has closed',
    faye: 'close',
    ours: 'keep-alive',
    async run(WebSocket) {
      const { response } = await answered(WebSocket, (source) => source.end());
      return response.headers.connection;
    },
  },
]);

/**
 * Where what a program written for faye-websocket 0.11 passes to open a connection means something else, and
 * the order in which it hears of what follows, as MIGRATING.md says.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { WebSocket as Socket } from '@ws/connection';
import type { WebSocketModule } from './support/faye-modules';
import { connect, fateOf, outcomeOf, testDifferences } from './support/faye-differences';
import { nextEvent } from './support/observed';
import { RawClient } from './support/raw-client';
import { head } from './support/requests';
import { TestServer } from './support/test-server';

/** What a client comes to that a server of its own kind waits for. */
async function fateOfClient(
  WebSocket: WebSocketModule,
  urlOf: (url: string) => string,
): Promise<unknown> {
  const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
  const dialled = outcomeOf(() => new WebSocket.Client(urlOf(server.url)));
  return typeof dialled === 'string' ? dialled : fateOf(dialled as Socket);
}

/** What making a server's end comes to. */
async function accepting(
  make: (...upgrade: Parameters<Parameters<typeof TestServer.listen>[0]>) => object,
): Promise<unknown> {
  const server = await TestServer.listen((...upgrade) =>
    outcomeOf(() => {
      make(...upgrade);
      return 'accepted';
    }),
  );
  await RawClient.connect(server.port, head());
  return server.next();
}

/** What becomes of options that are no object, on both ends. */
async function withoutObject(WebSocket: WebSocketModule, options: unknown): Promise<unknown[]> {
  const accepted = await accepting((...upgrade) => new WebSocket(...upgrade, [], options as null));
  const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
  const dialled = outcomeOf(() => new WebSocket.Client(server.url, [], options as null));
  return [accepted, typeof dialled === 'string' ? dialled : await fateOf(dialled as Socket)];
}

testDifferences([
  {
    what: "`options` that are no object: `0`, `''`, `true`",
    faye: [
      ['accepted', 'open'],
      ['accepted', 'open'],
      ['accepted', 'open'],
    ],
    ours: [
      ['throws TypeError', 'throws TypeError'],
      ['throws TypeError', 'throws TypeError'],
      ['throws TypeError', 'throws TypeError'],
    ],
    async run(WebSocket) {
      const outcomes: unknown[] = [];
      for (const options of [0, '', true]) outcomes.push(await withoutObject(WebSocket, options));
      return outcomes;
    },
  },
  {
    what: '`WebSocket.super_`',
    faye: true,
    ours: false,
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      const { super_: parent } = WebSocket as unknown as { super_?: WebSocketModule };
      return parent !== undefined && client instanceof parent;
    },
  },
  {
    what: 'no head: `new WebSocket(request, socket)`',
    faye: 'accepted',
    ours: 'throws TypeError',
    run: (WebSocket) =>
      accepting((request, socket) => {
        const args = [request, socket] as unknown as ConstructorParameters<WebSocketModule>;
        return new WebSocket(...args);
      }),
  },
  {
    what: '`proxy`, `tls` or `ca` for a server’s end',
    faye: 'accepted',
    ours: 'throws TypeError',
    run: (WebSocket) =>
      accepting((...upgrade) => new WebSocket(...upgrade, [], { ca: 'a certificate' } as object)),
  },
  {
    what: 'the option `net`',
    faye: 'throws Error',
    ours: 'open',
    async run(WebSocket) {
      const http = createServer();
      const connected = once(http, 'connection');
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade), http);
      const dialled = outcomeOf(
        () => new WebSocket.Client(server.url, [], { net: { keepAlive: true } }),
      );
      // faye-websocket has dialled before it refuses, and nobody listens to what becomes of that.
      await connected;
      return typeof dialled === 'string' ? dialled : fateOf(dialled as Socket);
    },
  },
  {
    what: 'a URL with a fragment',
    faye: 'open',
    ours: 'throws SyntaxError',
    run: (WebSocket) => fateOfClient(WebSocket, (url) => `${url}#top`),
  },
  {
    what: 'an `http:` or `https:` URL',
    faye: 'throws Error',
    ours: 'open',
    run: (WebSocket) => fateOfClient(WebSocket, (url) => url.replace('ws:', 'http:')),
  },
  {
    what: 'several values of one header',
    faye: ['a=1,b=2'],
    ours: ['a=1', 'b=2'],
    async run(WebSocket) {
      const headers = { 'Set-Cookie': ['a=1', 'b=2'] };
      const server = await TestServer.listen(
        (...upgrade) => new WebSocket(...upgrade, [], { headers }),
      );
      const client = await RawClient.connect(server.port, head());
      const answer = await client.readHead();
      return [...answer.matchAll(/^Set-Cookie: (.*)\r$/gm)].map(([, cookie]) => cookie);
    },
  },
  {
    what: "`onmessage` set after `on('message', …)`",
    faye: ['onmessage', 'on'],
    ours: ['on', 'onmessage'],
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const called: string[] = [];
      client.on('message', () => called.push('on'));
      client.onmessage = () => called.push('onmessage');
      server.send('hello');
      await nextEvent(client, 'message');
      return called;
    },
  },
  {
    what: '`pause()`',
    faye: ['hello'],
    ours: [],
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const other = await connect(WebSocket);
      const received: unknown[] = [];
      client.on('message', ({ data }) => received.push(data));
      client.pause();
      server.send('hello');
      for (let rounds = 0; rounds < 2; rounds++) {
        await new Promise<void>((resolve) => other.client.ping('x', () => resolve()));
      }
      return received;
    },
  },
  {
    what: "`dispatchEvent({ type: 'open' })`",
    faye: 1,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      const listener = jest.fn();
      client.on('open', listener);
      return outcomeOf(() => {
        client.dispatchEvent({ type: 'open' } as Event);
        return listener.mock.calls.length;
      });
    },
  },
  {
    what: '`statusCode` and `headers` while there is no answer',
    faye: [undefined, undefined],
    ours: [null, null],
    async run(WebSocket) {
      const { server } = await connect(WebSocket);
      return [server.statusCode, server.headers];
    },
  },
]);

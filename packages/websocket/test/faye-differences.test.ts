/**
 * Where a program written for faye-websocket 0.11 meets other behaviour before the end, as the table of
 * MIGRATING.md says: every row is run with both modules.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  answering,
  connect,
  fateOf,
  outcomeOf,
  testDifferences,
  urlOf,
} from './support/faye-differences';
import { messageOf, nextEvent } from './support/observed';
import { RawClient } from './support/raw-client';
import { releaseLater } from './support/release';
import { head, HIXIE_75, HYBI_08, HYBI_13, responseHead } from './support/requests';
import { TestServer } from './support/test-server';

testDifferences([
  {
    what: 'a server that answers 403',
    faye: 1002,
    ours: 1006,
    async run(WebSocket) {
      const server = createServer();
      server.on('upgrade', (_, socket) => socket.end(responseHead('403 Forbidden', {})));
      return fateOf(new WebSocket.Client(await urlOf(server)));
    },
  },
  {
    what: '`Connection: keep-alive, Upgrade` in a server’s answer',
    faye: 1002,
    ours: 'open',
    async run(WebSocket) {
      return fateOf(new WebSocket.Client(await answering({ Connection: 'keep-alive, Upgrade' })));
    },
  },
  {
    what: 'a server that chooses none of the subprotocols offered',
    faye: 'open',
    ours: 1006,
    async run(WebSocket) {
      return fateOf(new WebSocket.Client(await answering({ Connection: 'Upgrade' }), ['chat']));
    },
  },
  {
    what: 'several subprotocols in one string',
    faye: 'irc, amqp',
    ours: 'throws SyntaxError',
    async run(WebSocket) {
      const server = createServer();
      const asked = once(server, 'upgrade');
      const url = await urlOf(server);
      const outcome = outcomeOf(() => {
        new WebSocket.Client(url, 'irc, amqp');
      });
      if (outcome !== undefined) return outcome;
      const [request] = (await asked) as [{ headers: Record<string, string> }];
      return request.headers['sec-websocket-protocol'];
    },
  },
  {
    what: '`send(uint8Array)`, `send(arrayBuffer)`',
    faye: ['1,2,3', '[object ArrayBuffer]'],
    ours: [Buffer.of(1, 2, 3), Buffer.of(1, 2, 3)],
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const received: unknown[] = [];
      server.on('message', ({ data }) => received.push(data));
      client.send(Uint8Array.of(1, 2, 3));
      client.send(Uint8Array.of(1, 2, 3).buffer);
      client.close();
      await nextEvent(server, 'close');
      return received;
    },
  },
  {
    what: '`send()` of a plain object, a function, a symbol',
    faye: [true, true, true],
    ours: Array(3).fill('throws TypeError'),
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return [{}, () => 1, Symbol('s')].map((data) => outcomeOf(() => client.send(data as never)));
    },
  },
  {
    what: '`end(data)` before `open`',
    faye: 'close 1000',
    ours: 'message bye',
    async run(WebSocket) {
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
      const client = new WebSocket.Client(server.url);
      const closed = nextEvent(client, 'close').then(({ code }) => `close ${code}`);
      client.end('bye');
      const received = server.next().then(messageOf);
      return Promise.race([closed, received.then((data) => `message ${data as string}`)]);
    },
  },
  {
    what: '`bufferedAmount`',
    faye: 0,
    ours: 5,
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      client.send('hello');
      return client.bufferedAmount;
    },
  },
  {
    what: 'a message that comes before there is a listener',
    faye: 'close',
    ours: 'message',
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      server.send('welcome');
      await new Promise<void>((resolve) => server.ping('behind it', () => resolve()));
      const fate = Promise.race([nextEvent(client, 'message'), nextEvent(client, 'close')]);
      server.close();
      return (await fate).type;
    },
  },
  {
    what: 'the same function given to `addEventListener` twice',
    faye: 2,
    ours: 1,
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const listener = jest.fn();
      client.addEventListener('message', listener);
      client.addEventListener('message', listener);
      server.send('hello');
      server.close();
      await nextEvent(client, 'close');
      return listener.mock.calls.length;
    },
  },
  {
    what: '`version` before `open`',
    faye: ['hybi-13', 'hybi-13'],
    ours: ['', ''],
    async run(WebSocket) {
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade).version);
      const client = new WebSocket.Client(server.url);
      const versions = [client.version, await server.next()];
      await fateOf(client);
      return versions;
    },
  },
  {
    what: '`X-Forwarded-Proto` in a request',
    faye: 'wss://example.com/demo',
    ours: 'ws://example.com/demo',
    async run(WebSocket) {
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
      await RawClient.connect(server.port, head({ ...HYBI_13, 'X-Forwarded-Proto': 'https' }));
      return (await server.next()).url;
    },
  },
  {
    what: 'a line break in a header of the options',
    faye: 'sent',
    ours: 'throws TypeError',
    async run(WebSocket) {
      const url = await urlOf(createServer());
      const headers = { 'X-A': 'a\r\nX-B: b' };
      return outcomeOf(() => {
        const ws = new WebSocket.Client(url, [], { headers });
        releaseLater(() => ws.close());
        return 'sent';
      });
    },
  },
  {
    what: 'an options object that is passed',
    faye: ['host', 'port', 'ca', 'servername'],
    ours: [],
    async run(WebSocket) {
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
      const tls = {};
      await fateOf(new WebSocket.Client(server.url, [], { tls }));
      return Object.keys(tls);
    },
  },
  {
    what: 'credentials in the URL that are percent-encoded',
    faye: 'user:p%40ss',
    ours: 'user:p@ss',
    async run(WebSocket) {
      const asked = await TestServer.listen((request, socket) => {
        socket.destroy();
        return request.headers.authorization ?? '';
      });
      void fateOf(new WebSocket.Client(asked.url.replace('//', '//user:p%40ss@')));
      const [, credentials] = (await asked.next()).split(' ');
      return Buffer.from(credentials, 'base64').toString();
    },
  },
  {
    what: 'requests of hybi-08, hybi-07, hixie-76 and hixie-75',
    faye: [400, 400],
    ours: [101, 101],
    async run(WebSocket) {
      const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
      const statuses: number[] = [];
      for (const headers of [HYBI_08, HIXIE_75]) {
        const client = await RawClient.connect(server.port, head(headers));
        statuses.push(Number((await client.readHead()).split(' ')[1]));
      }
      return statuses;
    },
  },
]);

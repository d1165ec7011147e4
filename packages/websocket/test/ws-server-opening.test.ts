/** How a server of `ws` gets and judges its clients, and how a WebSocketServer does, as MIGRATING.md says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { refuse, WebSocketServer } from '@ws/server';
import { WebSocketServer as WsServer } from 'ws';
import WebSocket from '../src';
import { RawClient } from './support/raw-client';
import { head, HYBI_13 } from './support/requests';
import { listen } from './support/test-server';
import type { Upgrade } from './support/test-server';
import {
  answerTo,
  dialWs,
  serveHere,
  ServerOfWs,
  serveWs,
  statusFor,
  testRows,
  urlOfOwn,
} from './support/ws-rows';
import type { Trial } from './support/ws-rows';

const EVIL = { origin: 'https://evil.example' };
const FLAWED = head({ ...HYBI_13, 'Sec-WebSocket-Key': 'x' });

/** What a page and a client get from a server on a port of its own, once it calls back. */
async function ownServer(Server: typeof WebSocketServer): Promise<unknown> {
  const wss = await new Promise<WebSocketServer>((resolve) => {
    const options = { port: 0, host: '127.0.0.1', backlog: 5 };
    const made: WebSocketServer = new Server(options, () => resolve(made));
  });
  const url = urlOfOwn(wss);
  const page = await fetch(url.replace('ws:', 'http:'));
  await page.text();
  return [page.status, await statusFor(url)];
}

/** Has the upgrades of an HTTP server handled, and gives its URL. */
async function handling(handle: (...upgrade: Upgrade) => void): Promise<string> {
  const http = createServer().on('upgrade', handle);
  return `ws://127.0.0.1:${await listen(http)}`;
}

async function statusesOf(url: string, paths: string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const path of paths) statuses.push(await statusFor(url.replace(/\/?$/, path)));
  return statuses;
}

/** The subprotocol and the cookie that a client is answered with. */
async function answered(url: string): Promise<OutgoingHttpHeaders> {
  const { headers } = await answerTo(dialWs(url, ['v1', 'v2']));
  return { protocol: headers['sec-websocket-protocol'], cookie: headers['set-cookie'] };
}

const PATH_OF_WS: Trial = [
  async () => statusesOf((await serveWs({ path: '/chat' })).url, ['/chat?a', '/chat/1']),
  [101, 400],
];

testRows([
  {
    what: '`new WebSocketServer({ server })`, `({ port, host, backlog }, callback)`',
    ws: [
      async () => [await statusFor((await serveWs()).url), await ownServer(ServerOfWs)],
      [101, [426, 101]],
    ],
    here: [
      async () => [await statusFor((await serveHere()).url), await ownServer(WebSocket.Server)],
      [101, [426, 101]],
    ],
  },
  {
    what: '`{ noServer: true }`, `wss.handleUpgrade(request, socket, head, callback)`',
    ws: [
      async () => {
        const wss = new WsServer({ noServer: true });
        const emitted = jest.fn();
        wss.on('connection', emitted);
        const made = new Promise((resolve) => {
          void handling((...upgrade) => wss.handleUpgrade(...upgrade, resolve)).then(dialWs);
        });
        return [(await made) === [...wss.clients][0], emitted.mock.calls.length];
      },
      [true, 0],
    ],
    here: [
      async () => {
        const wss = new WebSocketServer();
        const emitted = jest.fn();
        wss.on('connection', emitted);
        const made = new Promise((resolve) => {
          void handling((...upgrade) => resolve(wss.handle(...upgrade))).then(dialWs);
        });
        return [(await made) === [...wss.clients][0], emitted.mock.calls.length];
      },
      [true, 1],
    ],
  },
  {
    what: '`path`',
    ws: PATH_OF_WS,
    here: [
      async () => [
        await statusesOf((await serveHere({ path: '/chat' })).url, ['/chat?a', '/chat/1']),
        await statusesOf((await serveHere({ path: ['/chat/:room', '/a/*'] })).url, [
          '/chat/1',
          '/a/b/c',
        ]),
      ],
      [
        [101, 404],
        [101, 101],
      ],
    ],
  },
  {
    what: '`wss.shouldHandle`',
    ws: [
      async () => {
        const { wss, url } = await serveWs();
        wss.shouldHandle = ({ url: path }) => path === '/chat';
        return statusesOf(url, ['/chat', '/other']);
      },
      [101, 400],
    ],
    here: [
      async () => {
        const wss = new WebSocketServer({ path: '/chat' });
        const url = await handling((...upgrade) => {
          if (upgrade[0].headers.host !== 'other') void wss.handle(...upgrade);
        });
        return statusesOf(url, ['/chat', '/other']);
      },
      [101, 404],
    ],
  },
  {
    what: 'several servers with `noServer`, and a listener of `upgrade` that tells paths apart',
    ws: [
      async () => {
        const [one, two] = [new WsServer({ noServer: true }), new WsServer({ noServer: true })];
        const url = await handling((request, socket, data) => {
          if (request.url === '/none') return void socket.destroy();
          const wss = request.url === '/1' ? one : two;
          wss.handleUpgrade(request, socket, data, () => undefined);
        });
        await statusesOf(url, ['/1', '/2', '/2']);
        return [one.clients.size, two.clients.size];
      },
      [1, 2],
    ],
    here: [
      async () => {
        const { wss: one, http, url } = await serveHere({ path: '/1' });
        const two = new WebSocketServer({ server: http, path: '/2' });
        const statuses = await statusesOf(url, ['/1', '/2', '/2', '/none']);
        return [one.clients.size, two.clients.size, statuses.at(-1)];
      },
      [1, 2, 404],
    ],
  },
  {
    what: '`verifyClient`, with a callback or not',
    ws: [
      async () => [
        await statusFor(
          (await serveWs({ verifyClient: ({ req }: { req: IncomingMessage }) => req.url !== '/' }))
            .url,
        ),
        await statusFor((await serveWs({ verifyClient: (_, done) => done(false, 403) })).url),
      ],
      [401, 403],
    ],
    here: [
      async () => [
        await statusFor(
          (
            await serveHere({
              upgrade: ({ request }) => (request.url === '/' ? refuse(401) : undefined),
            })
          ).url,
        ),
        await statusFor((await serveHere({ upgrade: () => Promise.resolve(refuse(403)) })).url),
        await statusFor((await serveHere({ upgrade: () => undefined })).url),
      ],
      [401, 403, 101],
    ],
  },
  {
    what: '`handleProtocols`',
    ws: [
      async () => answered((await serveWs({ handleProtocols: (offered) => [...offered][1] })).url),
      { protocol: 'v2' },
    ],
    here: [
      async () => [
        await answered((await serveHere({ protocols: ['v2'] })).url),
        await answered(
          (await serveHere({ upgrade: ({ protocols }) => ({ protocol: protocols[1] }) })).url,
        ),
      ],
      [{ protocol: 'v2' }, { protocol: 'v2' }],
    ],
  },
  {
    what: 'every page may connect, unless `verifyClient` looks at the origin',
    ws: [async () => statusFor((await serveWs()).url, EVIL), 101],
    here: [
      async () => [
        await statusFor((await serveHere()).url, EVIL),
        await statusFor((await serveHere({ origins: [EVIL.origin] })).url, EVIL),
        await statusFor((await serveHere({ origins: '*' })).url, EVIL),
      ],
      [403, 101, 101],
    ],
  },
  {
    what: "`wss.on('headers', …)`",
    ws: [
      async () => {
        const { wss, url } = await serveWs();
        wss.on('headers', (headers) => headers.push('Set-Cookie: a=1'));
        return answered(url);
      },
      { protocol: 'v1', cookie: ['a=1'] },
    ],
    here: [
      async () => {
        const headers = { 'Set-Cookie': 'a=1' };
        return [
          await answered((await serveHere({ headers })).url),
          await answered((await serveHere({ upgrade: () => ({ headers }) })).url),
        ];
      },
      [{ cookie: ['a=1'] }, { cookie: ['a=1'] }],
    ],
  },
  {
    what: "`wss.on('wsClientError', …)`",
    ws: [
      async () => {
        const { wss, http } = await serveWs();
        const failed = new Promise((resolve) => {
          wss.on('wsClientError', ({ message }, socket) => {
            socket.destroy();
            resolve(message);
          });
        });
        const { port } = http.address() as { port: number };
        const client = await RawClient.connect(port, FLAWED);
        return [await failed, await client.readRest()];
      },
      ['Missing or invalid Sec-WebSocket-Key header', ''],
    ],
    here: [
      async () => {
        const { wss, http } = await serveHere();
        const refused = once(wss, 'refused');
        const { port } = http.address() as { port: number };
        const client = await RawClient.connect(port, FLAWED);
        const [{ status, reason }] = (await refused) as [{ status: number; reason: string }];
        return [status, reason, (await client.readRest()).slice(0, 12)];
      },
      [400, 'handshake', 'HTTP/1.1 400'],
    ],
  },
  {
    what: '`wss.handleUpgrade()` of requests that you have checked yourself',
    ws: [
      async () => {
        const wss = new WsServer({ noServer: true });
        const url = await handling((...upgrade) => {
          setImmediate(() => wss.handleUpgrade(...upgrade, () => undefined));
        });
        return statusFor(url);
      },
      101,
    ],
    here: [
      async () => {
        const isKnown = ({ url }: IncomingMessage): boolean => url === '/known';
        const url = await handling((...upgrade) => {
          const [request, socket] = upgrade;
          WebSocket.holdUpgrade(socket);
          setImmediate(() => {
            if (isKnown(request)) new WebSocket(...upgrade);
            else WebSocket.rejectUpgrade(socket, 401);
          });
        });
        return statusesOf(url, ['/known', '/other']);
      },
      [101, 401],
    ],
  },
]);

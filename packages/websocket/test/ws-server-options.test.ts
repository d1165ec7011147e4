/** The options of a server of `ws`, and what they are here, as MIGRATING.md says. */
import { once } from 'node:events';
import { WebSocketServer } from '@ws/server';
import type { WebSocketServerOptions } from '@ws/server';
import type { ServerOptions } from 'ws';
import WebSocket from '../src';
import { outcomeOf } from './support/faye-differences';
import { closeFrame, frame, PING, TEXT } from './support/frames';
import { RawClient } from './support/raw-client';
import { head, HIXIE_75, HYBI_07, HYBI_08, HYBI_13 } from './support/requests';
import { TestServer } from './support/test-server';
import {
  answerTo,
  connectionTo,
  dialWs,
  portOf,
  serveHere,
  ServerOfWs,
  serveWs,
  statusFor,
  testRows,
  urlOfOwn,
} from './support/ws-rows';
import type { AnyServing, Trial } from './support/ws-rows';

type OurOptions = WebSocketServerOptions<undefined, string>;

/** A trial of a server of `ws` with these options. */
function ofWs(options: ServerOptions, run: (serving: AnyServing) => unknown): Trial[0] {
  return async () => run((await serveWs(options)) as unknown as AnyServing);
}

/** A trial of a server of ours with these options. */
function ofOurs(options: OurOptions, run: (serving: AnyServing) => unknown): Trial[0] {
  return async () => run(await serveHere(options));
}

/** What a client gets that sends these bytes: opcodes, and the code of a closing frame. */
function answersTo(...bytes: Buffer[]): (serving: AnyServing) => Promise<number[]> {
  return async (serving) => {
    serving.wss.on('connection', (ws) => ws.on('error', () => undefined));
    const client = await RawClient.open(portOf(serving));
    client.write(Buffer.concat(bytes));
    const seen: number[] = [];
    for (;;) {
      const { opcode, payload } = await client.readFrame();
      seen.push(opcode);
      if (opcode === 8) return [...seen, payload.readUInt16BE()];
    }
  };
}

/** Messages that come in one chunk, and the microtasks between them. */
async function messagesInChunk(serving: AnyServing): Promise<string> {
  const connection = connectionTo(serving.wss);
  const client = await RawClient.open(portOf(serving));
  const ws = await connection;
  const seen: string[] = [];
  ws.on('message', () => {
    seen.push('message');
    queueMicrotask(() => seen.push('microtask'));
  });
  const closed = new Promise((resolve) => ws.once('close', resolve));
  client.write(Buffer.concat([frame(TEXT, '1'), frame(TEXT, '2'), closeFrame(1000)]));
  await client.readRest();
  await closed;
  return seen.join(' ');
}

/** Whether a connection that the server closes ends though its client says nothing. */
async function isEnded(serving: AnyServing): Promise<boolean> {
  const connection = connectionTo(serving.wss);
  const client = await RawClient.open(portOf(serving));
  (await connection).close();
  await client.readRest();
  return true;
}

const VERSIONS = [HYBI_13, HYBI_08, HYBI_07, HIXIE_75];

/** The status for each version. */
async function versions(port: number): Promise<number[]> {
  const statuses: number[] = [];
  for (const version of VERSIONS) {
    const client = await RawClient.connect(
      port,
      head({ ...version, Origin: 'http://example.com' }),
    );
    statuses.push(Number((await client.readHead()).slice(9, 12)));
  }
  return statuses;
}

/** What a client that offers compression is answered with. */
async function agreed({ url }: AnyServing): Promise<unknown> {
  const { headers } = await answerTo(dialWs(url, [], { perMessageDeflate: true }));
  return headers['sec-websocket-extensions'];
}

async function ownServer(Server: typeof WebSocketServer): Promise<unknown> {
  const options = { port: 0, host: '127.0.0.1', backlog: 5, path: '/chat' };
  const wss = new Server(options);
  await once(wss, 'listening');
  return statusFor(`${urlOfOwn(wss)}chat`);
}

const SHORT = frame(TEXT, '12345678901');
const INVALID = frame(TEXT, Buffer.of(0xff));
const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

testRows([
  {
    what: '`maxPayload` (100 MiB)',
    ws: [
      async () => [
        await ofWs({ maxPayload: 10 }, answersTo(SHORT))(),
        await ofWs({}, answersTo(frame(TEXT, '', { announced: (100 << 20) + 1 })))(),
      ],
      [
        [8, 1009],
        [8, 1009],
      ],
    ],
    here: [
      async () => [
        await ofOurs({ maxLength: 10 }, answersTo(SHORT))(),
        await ofOurs({}, answersTo(frame(TEXT, '', { announced: 64 << 20 })))(),
      ],
      [
        [8, 1009],
        [8, 1009],
      ],
    ],
  },
  {
    what: '`closeTimeout` (30 s)',
    ws: [ofWs({ closeTimeout: 20 } as ServerOptions, isEnded), true],
    here: [ofOurs({ closeTimeout: 20 }, isEnded), true],
  },
  {
    what: '`protocolVersion` of a server: 8 and 13',
    ws: [ofWs({}, (serving) => versions(portOf(serving))), [101, 101, 400, 400]],
    here: [
      async () => [
        await versions((await TestServer.listen((...upgrade) => new WebSocket(...upgrade))).port),
        await ofOurs({}, (serving) => versions(portOf(serving)))(),
        await ofOurs({ protocolVersions: ['hybi-13', 'hixie-75'] }, (serving) =>
          versions(portOf(serving)),
        )(),
      ],
      [
        [101, 101, 101, 101],
        [101, 101, 101, 426],
        [101, 426, 426, 101],
      ],
    ],
  },
  {
    what: '`perMessageDeflate: true`',
    ws: [
      async () => [await ofWs({ perMessageDeflate: true }, agreed)(), await ofWs({}, agreed)()],
      ['permessage-deflate', undefined],
    ],
    here: [
      async () => [await ofOurs({ deflate: true }, agreed)(), await ofOurs({}, agreed)()],
      ['permessage-deflate; server_no_context_takeover; client_no_context_takeover', undefined],
    ],
  },
  {
    what: '`perMessageDeflate: { threshold, serverNoContextTakeover, …, zlibDeflateOptions, concurrencyLimit }`',
    ws: [
      ofWs(
        {
          perMessageDeflate: {
            threshold: 0,
            serverNoContextTakeover: true,
            zlibDeflateOptions: { level: 1 },
            concurrencyLimit: 2,
          },
        },
        agreed,
      ),
      'permessage-deflate; server_no_context_takeover',
    ],
    here: [
      ofOurs(
        { deflate: { ...TAKEOVER, threshold: 0, serverNoContextTakeover: true, level: 1 } },
        agreed,
      ),
      'permessage-deflate; server_no_context_takeover',
    ],
  },
  {
    what: '`skipUTF8Validation`',
    ws: [ofWs({ skipUTF8Validation: true }, answersTo(INVALID, closeFrame(1000))), [8, 1000]],
    here: [ofOurs({}, answersTo(INVALID, closeFrame(1000))), [8, 1007]],
  },
  {
    what: '`allowSynchronousEvents: false`',
    ws: [
      async () => [
        await ofWs({}, messagesInChunk)(),
        await ofWs({ allowSynchronousEvents: false }, messagesInChunk)(),
      ],
      ['message message microtask microtask', 'message microtask message microtask'],
    ],
    here: [
      async () => [
        await ofOurs({}, messagesInChunk)(),
        await ofOurs({ delivery: 'turn' }, messagesInChunk)(),
      ],
      ['message message microtask microtask', 'message microtask message microtask'],
    ],
  },
  {
    what: '`autoPong`, `maxPendingAutoPongs`, `generateMask`',
    ws: [ofWs({ autoPong: false }, answersTo(frame(PING), closeFrame(1000))), [8, 1000]],
    here: [ofOurs({}, answersTo(frame(PING), closeFrame(1000))), [10, 8, 1000]],
  },
  {
    what: '`server`, `port`, `host`, `backlog`, `path`',
    ws: [() => ownServer(ServerOfWs), 101],
    here: [() => ownServer(WebSocketServer), 101],
  },
  {
    what: '`noServer`, `clientTracking`',
    ws: [
      () => {
        const { clients } = new ServerOfWs({ noServer: true, clientTracking: false } as object);
        return clients;
      },
      undefined,
    ],
    here: [() => new WebSocketServer().clients.size, 0],
  },
  {
    what: 'options that do not exist are ignored',
    ws: [
      () => outcomeOf(() => new ServerOfWs({ port: 0, maxlength: 1 } as object).close()),
      undefined,
    ],
    here: [
      () => outcomeOf(() => new WebSocketServer({ port: 0, maxlength: 1 } as object)),
      'throws TypeError',
    ],
  },
]);

/** The option `textType`: what it does over sockets, and what compilers know of it. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expectTypeOf } from 'expect-type';
import WebSocket, { Client, WebSocketServer } from '../src';
import type {
  BinaryType,
  ClientOptions,
  MessageData,
  MessageEvent,
  ServerOptions,
  TextType,
  WebSocketServerOptions,
} from '../src';

/** For code that does not run. */
declare const ws: WebSocket;
declare const request: IncomingMessage;
declare const socket: Duplex;
declare const head: Buffer;

/** Code that is to compile, or not, and not to run. */
const compiled = (code: () => unknown): void => expect(code).toBeInstanceOf(Function);

test.each<[string, WebSocketServerOptions, boolean]>([
  ['the default', {}, false],
  ['the option of a server', { textType: 'buffer' }, true],
  ['the option of one connection', { upgrade: () => ({ options: { textType: 'buffer' } }) }, true],
  [
    'the option of a server that one connection has not',
    { textType: 'buffer', upgrade: () => ({ options: { textType: 'string' } }) },
    false,
  ],
])('%s', async (_, options, expected) => {
  const server = new WebSocketServer({ port: 0, ...options });
  const seen: unknown[] = [];
  server.on('connection', (ws) => {
    ws.subscribe('all');
    ws.onmessage = ({ data, isBinary }) => {
      seen.push([data instanceof WebSocket.TextBuffer, isBinary]);
      server.publish('all', data);
    };
  });
  await new Promise<void>((resolve) => void server.once('listening', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const client = new Client(`ws://localhost:${port}/`, [], { textType: 'buffer' });
  const messages = client[Symbol.asyncIterator]();
  for (const [i, data] of ['héllo', Buffer.of(1)].entries()) {
    client.send(data);
    const { value } = (await messages.next()) as { value: MessageData };
    expect(value).toEqual(Buffer.from(data as string));
    expect(value instanceof WebSocket.TextBuffer).toBe(i === 0);
  }
  expect(seen).toEqual([
    [expected, false],
    [false, true],
  ]);
  client.close();
  await server.close();
});

test.each(['buffers', 1, true])('%p is none of the two', (textType) => {
  const options = { textType } as unknown as ClientOptions;
  expect(() => new WebSocket('ws://localhost/', [], options)).toThrow(TypeError);
  expect(() => new WebSocket('ws://localhost/', [], options)).toThrow('option textType: ');
});

test('data of text is what textType says', () => {
  compiled(() => {
    const buffers = new WebSocket<'nodebuffer', 'buffer'>('ws://localhost/', [], {
      textType: 'buffer',
    });
    buffers.onmessage = ({ data, isBinary }) => (isBinary ? data : data.toString('utf8'));
    buffers.on('message', ({ data }) => expectTypeOf(data).toEqualTypeOf<Buffer>());
    const views = new WebSocket<'arraybuffer', 'buffer'>(request, socket, head, [], {
      textType: 'buffer',
    });
    for (const made of [ws, buffers, views] as WebSocket<BinaryType, TextType>[]) made.close();
    return views.on('message', ({ data }) =>
      expectTypeOf(data).toEqualTypeOf<Buffer | ArrayBuffer>(),
    );
  });
  expectTypeOf<WebSocket>().toExtend<WebSocket<BinaryType, TextType>>();
  expectTypeOf<Client<'blob', 'buffer'>>().toExtend<WebSocket<BinaryType, TextType>>();
  expectTypeOf<MessageData<'blob', 'buffer'>>().toEqualTypeOf<Buffer | Blob>();
  expectTypeOf<MessageEvent<'nodebuffer', 'buffer'>['data']>().toEqualTypeOf<Buffer>();
  expectTypeOf<MessageEvent['isBinary']>().toEqualTypeOf<boolean>();
  expectTypeOf<(ClientOptions | ServerOptions)['textType']>().toEqualTypeOf<
    TextType | null | undefined
  >();
  compiled(async () => {
    for await (const message of new Client<'nodebuffer', 'buffer'>('ws://localhost/')) {
      expectTypeOf(message).toEqualTypeOf<Buffer>();
    }
  });
});

/** The types of the umbrella, as an editor shows them: checked by the compiler; the calls are never made. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Extension, WebSocketExtensionsPlugin } from '@ws/extensions';
import type { DeflateOptions } from '@ws/permessage-deflate';
import { expectTypeOf } from 'expect-type';
import WebSocket, { Client, isWebSocket } from '../src';
import type {
  AnyMessageData,
  BinaryType,
  ClientOptions,
  CloseEvent,
  CloseStatus,
  ControlEvent,
  ErrorEvent,
  Initiator,
  MessageData,
  MessageEvent,
  ProtocolVersion,
  ReadyState,
  SendData,
  SendOptions,
  ServerOptions,
  SocketEvent,
  WebSocketError,
  WebSocketEventMap,
} from '../src';
import { releaseLater } from './support/release';

type WebSocketOptions = ClientOptions | ServerOptions;

/** For code that does not run. */
declare const ws: WebSocket;
declare const request: IncomingMessage;
declare const socket: Duplex;
declare const head: Buffer;

/** Code that is to compile, or not, and not to run. */
const compiled = (code: () => unknown): void => expect(code).toBeInstanceOf(Function);

/** A WebSocket that never opens. */
function webSocket(): WebSocket {
  const socket = new Socket();
  const made = new WebSocket(new IncomingMessage(socket), socket, Buffer.alloc(0));
  releaseLater(() => made.terminate());
  return made;
}

describe('listeners', () => {
  test('on, once and addEventListener infer the event from its name', () => {
    const ws = webSocket();
    ws.on('open', (event) => expectTypeOf(event).toEqualTypeOf<SocketEvent<'nodebuffer'>>());
    ws.on('message', (event) => expectTypeOf(event).toEqualTypeOf<MessageEvent>());
    ws.on('ping', (event) => expectTypeOf(event).toEqualTypeOf<ControlEvent<'nodebuffer'>>());
    ws.on('pong', (event) => expectTypeOf(event).toEqualTypeOf<ControlEvent<'nodebuffer'>>());
    ws.on('drain', (event) => expectTypeOf(event).toEqualTypeOf<SocketEvent<'nodebuffer'>>());
    ws.on('error', (event) => expectTypeOf(event).toEqualTypeOf<ErrorEvent<'nodebuffer'>>());
    ws.on('close', (event) => expectTypeOf(event).toEqualTypeOf<CloseEvent<'nodebuffer'>>());
    ws.once('message', (event) => expectTypeOf(event).toEqualTypeOf<MessageEvent>());
    ws.addEventListener(
      'close',
      (event) => expectTypeOf(event).toEqualTypeOf<CloseEvent<'nodebuffer'>>(),
      {
        once: true,
      },
    );
    ws.addEventListener('error', { handleEvent: (event) => expectTypeOf(event).not.toBeAny() });
    expect(ws.listenerCount('message')).toBe(2);
  });

  test('the on… attributes infer it, too, and may be null', () => {
    const ws = webSocket();
    ws.onopen = (event) => expectTypeOf(event).toEqualTypeOf<SocketEvent<'nodebuffer'>>();
    ws.onmessage = (event) => expectTypeOf(event).toEqualTypeOf<MessageEvent>();
    ws.onerror = (event) => expectTypeOf(event).toEqualTypeOf<ErrorEvent<'nodebuffer'>>();
    ws.onclose = (event) => expectTypeOf(event).toEqualTypeOf<CloseEvent<'nodebuffer'>>();
    ws.onclose = null;
    expect(ws.onclose).toBeNull();
  });

  test('what is no event or no listener is an error', () => {
    const ws = webSocket();
    // @ts-expect-error -- a listener is a function or an object with a handleEvent method
    compiled(() => ws.on('open', 'listener'));
    // @ts-expect-error -- a close event has no data
    compiled(() => ws.on('close', ({ data }) => data));
    // @ts-expect-error -- the events are objects, not data and a flag
    compiled(() => ws.on('message', (data: Buffer, isBinary: boolean) => [data, isBinary]));
  });

  test('the names of the events are exactly these', () => {
    type Names = 'open' | 'message' | 'ping' | 'pong' | 'drain' | 'error' | 'close';
    expectTypeOf<keyof WebSocketEventMap>().toEqualTypeOf<Names>();
  });
});

test('data needs no casts, and is what binaryType says', () => {
  compiled(() => {
    ws.on('message', ({ data }) => {
      expectTypeOf(data).toEqualTypeOf<string | Buffer>();
      if (typeof data === 'string') return JSON.parse(data) as unknown;
      return [data.length, Buffer.from(data), data.readUInt8(0)];
    });
    const views = new WebSocket<'arraybuffer'>('ws://localhost/');
    views.binaryType = 'arraybuffer';
    views.onmessage = ({ data }) => typeof data === 'string' || new DataView(data);
    for (const made of [ws, views] as WebSocket<BinaryType>[]) made.close();
    return views.on('message', ({ data }) =>
      expectTypeOf(data).toEqualTypeOf<string | ArrayBuffer>(),
    );
  });
  expectTypeOf<WebSocket>().toExtend<WebSocket<BinaryType>>();
  expectTypeOf<WebSocket<'arraybuffer'>>().not.toExtend<WebSocket>();
  compiled(async () => {
    for await (const message of new Client<'uint8array'>('ws://localhost/')) {
      expectTypeOf(message).toEqualTypeOf<string | Uint8Array>();
    }
  });
});

test('the fields of the events', () => {
  expectTypeOf<MessageEvent['data']>().toEqualTypeOf<MessageData>();
  expectTypeOf<MessageData>().toEqualTypeOf<string | Buffer>();
  expectTypeOf<MessageEvent<'arraybuffer'>['data']>().toEqualTypeOf<string | ArrayBuffer>();
  expectTypeOf<MessageEvent<'uint8array'>['data']>().toEqualTypeOf<string | Uint8Array>();
  expectTypeOf<MessageData<'blob'>>().toEqualTypeOf<string | Blob>();
  expectTypeOf<AnyMessageData>().toEqualTypeOf<string | Buffer | ArrayBuffer | Blob | Uint8Array>();
  expectTypeOf<ControlEvent['data']>().toEqualTypeOf<Buffer>();
  expectTypeOf<ErrorEvent['error']>().toEqualTypeOf<WebSocketError>();
  expectTypeOf<ErrorEvent['message']>().toEqualTypeOf<string>();
  expectTypeOf<CloseEvent['code']>().toEqualTypeOf<number>();
  expectTypeOf<CloseEvent['reason']>().toEqualTypeOf<string>();
  expectTypeOf<CloseEvent['wasClean']>().toEqualTypeOf<boolean>();
  expectTypeOf<CloseEvent['cause']>().toEqualTypeOf<WebSocketError | null>();
  expectTypeOf<CloseEvent['initiator']>().toEqualTypeOf<Initiator>();
  expectTypeOf<CloseEvent['sent']>().toEqualTypeOf<CloseStatus | null>();
  expectTypeOf<CloseEvent['received']>().toEqualTypeOf<CloseStatus | null>();
  expectTypeOf<Initiator>().toEqualTypeOf<
    'local' | 'remote' | 'network' | 'timeout' | 'protocol'
  >();
});

test('the attributes', () => {
  expectTypeOf<WebSocket['readyState']>().toEqualTypeOf<ReadyState>();
  expectTypeOf<ReadyState>().toEqualTypeOf<0 | 1 | 2 | 3>();
  expectTypeOf(WebSocket.OPEN).toEqualTypeOf<1>();
  expectTypeOf<WebSocket['CLOSED']>().toEqualTypeOf<3>();
  expectTypeOf<WebSocket['binaryType']>().toEqualTypeOf<'nodebuffer'>();
  expectTypeOf<Client<'blob'>['binaryType']>().toEqualTypeOf<'blob'>();
  compiled(() => (ws.binaryType = 'arraybuffer'));
  expectTypeOf<BinaryType>().toEqualTypeOf<'nodebuffer' | 'arraybuffer' | 'blob' | 'uint8array'>();
  expectTypeOf<WebSocket['version']>().toEqualTypeOf<ProtocolVersion | ''>();
  expectTypeOf<WebSocket['bufferedAmount']>().toEqualTypeOf<number>();
  expectTypeOf<WebSocket['statusCode']>().toEqualTypeOf<number | null>();
  // @ts-expect-error -- read-only
  compiled(() => (ws.readyState = 1));
  // @ts-expect-error -- none of the four
  compiled(() => (ws.binaryType = 'fragments'));
});

describe('the methods', () => {
  test('send takes text and bytes in all their forms, and says whether there is room', () => {
    type Bytes = Buffer | Uint8Array | Uint16Array | DataView | ArrayBuffer | SharedArrayBuffer;
    expectTypeOf<string | Bytes | Blob>().toExtend<SendData>();
    expectTypeOf<AnyMessageData>().toExtend<SendData>();
    expectTypeOf<WebSocket['send']>().returns.toEqualTypeOf<boolean>();
    compiled(() =>
      ws.send('text', (error) => expectTypeOf(error).toEqualTypeOf<WebSocketError | null>()),
    );
    // @ts-expect-error -- numbers are not sent as text
    compiled(() => ws.send(42));
    // @ts-expect-error -- nor are objects
    compiled(() => ws.send({}));
    // @ts-expect-error -- nor is nothing
    compiled(() => ws.send(null));
  });

  test('send takes options, a callback, or both', () => {
    expectTypeOf<SendOptions>().toEqualTypeOf<{ compress?: boolean | null | undefined }>();
    compiled(() => [
      ws.send('text', {}),
      ws.send('text', { compress: false }),
      ws.send(Buffer.alloc(1), { compress: undefined }),
      ws.send(new Blob([]), { compress: true }, (error) => {
        expectTypeOf(error).toEqualTypeOf<WebSocketError | null>();
      }),
    ]);
    // @ts-expect-error -- misspelt
    compiled(() => ws.send('text', { compres: false }));
    // @ts-expect-error -- true or false
    compiled(() => ws.send('text', { compress: 1 }));
    // @ts-expect-error -- options come before the callback
    compiled(() => ws.send('text', () => {}, { compress: false }));
  });

  test('ping, close and the others', () => {
    compiled(() => [
      ws.ping(),
      ws.ping('hi'),
      ws.ping(() => {}),
      ws.ping(Buffer.alloc(0), () => {}),
    ]);
    expectTypeOf<WebSocket['roundTrip']>().returns.resolves.toEqualTypeOf<number>();
    compiled(() => [ws.close(), ws.close(1000), ws.close(1000, 'bye'), ws.close(undefined, 'bye')]);
    expectTypeOf<WebSocket['write']>().returns.toEqualTypeOf<boolean>();
    // @ts-expect-error -- a callback of ping is a function
    compiled(() => ws.ping('hi', 'callback'));
    // @ts-expect-error -- a close code is a number
    compiled(() => ws.close('1000'));
  });
});

test('the constructors', () => {
  const url: string | URL = 'ws://localhost/';
  compiled(() => [new WebSocket(url), new WebSocket(url, 'chat'), new WebSocket(url, ['a', 'b'])]);
  compiled(() => new WebSocket(url, [], { headers: { 'X-A': ['1', '2'] }, tls: { ca: 'pem' } }));
  compiled(() => new WebSocket(request, socket, head));
  compiled(() => new WebSocket(request, socket, head, ['chat'], { trustProxy: true }));
  compiled(() => new WebSocket.Client(url, 'chat', {}));
  compiled(() => new WebSocket.WebSocket(url));
  // @ts-expect-error -- a server's end needs the socket and the head
  compiled(() => new WebSocket(request));
  // @ts-expect-error -- a client alone takes no request
  compiled(() => new WebSocket.Client(request, socket, head));
  // @ts-expect-error -- there is no WebSocket of nothing
  compiled(() => new WebSocket());
  expectTypeOf<typeof WebSocket.Client>().toEqualTypeOf<typeof Client>();
  expectTypeOf<typeof WebSocket.WebSocket>().toEqualTypeOf<typeof WebSocket>();
  expectTypeOf(isWebSocket).toEqualTypeOf<(request: IncomingMessage) => boolean>();
  expectTypeOf<Client>().toExtend<Omit<WebSocket, never>>();
});

describe('the options', () => {
  test('both ends have those of a connection; each may be undefined', () => {
    const common = {
      maxLength: 1,
      highWaterMark: 1,
      maxBufferedAmount: Infinity,
      slowReader: 'drop',
      closeTimeout: undefined,
      handshakeTimeout: 1,
      ping: 30,
      pingTimeout: 1,
      idleTimeout: 1,
      signal: new AbortController().signal,
      headers: { 'X-A': 1 },
    } as const;
    expectTypeOf(common).toExtend<ClientOptions>();
    expectTypeOf(common).toExtend<ServerOptions>();
    expectTypeOf<WebSocketOptions['slowReader']>().toEqualTypeOf<
      'close' | 'drop' | 'none' | null | undefined
    >();
  });

  test('both ends take deflate, true or how, and extensions, ours or plug-ins', () => {
    type Deflate = boolean | DeflateOptions | null | undefined;
    type Extensions = readonly (Extension | WebSocketExtensionsPlugin)[] | null | undefined;
    expectTypeOf<ClientOptions['deflate']>().toEqualTypeOf<Deflate>();
    expectTypeOf<ServerOptions['deflate']>().toEqualTypeOf<Deflate>();
    expectTypeOf<ClientOptions['extensions']>().toEqualTypeOf<Extensions>();
    expectTypeOf<ServerOptions['extensions']>().toEqualTypeOf<Extensions>();
    const deflate = { level: 1, threshold: 0, serverNoContextTakeover: false } as const;
    expectTypeOf({ deflate, extensions: [] }).toExtend<WebSocketOptions>();
    // @ts-expect-error -- misspelt
    const misspelt: ServerOptions = { deflate: { treshold: 1 } };
    // @ts-expect-error -- a number of bits, not a string
    const wrongType: ClientOptions = { deflate: { clientMaxWindowBits: '9' } };
    // @ts-expect-error -- a name makes no extension
    const wrongExtension: ServerOptions = { extensions: ['permessage-deflate'] };
    // @ts-expect-error -- a list, though there is only one
    const noList: ClientOptions = { extensions: {} };
    for (const options of [misspelt, wrongType, wrongExtension, noList]) {
      expect(options).toBeInstanceOf(Object);
    }
  });

  test('options that do not exist, of the other end, or of the wrong type are errors', () => {
    // @ts-expect-error -- misspelt
    const misspelt: ClientOptions = { handshakeTimout: 1 };
    // @ts-expect-error -- only a server has protocol versions to choose from
    const ofServer: ClientOptions = { protocolVersions: ['hybi-13'] };
    // @ts-expect-error -- only a client dials
    const ofClient: ServerOptions = { tls: {} };
    // @ts-expect-error -- not a number
    const wrongType: ServerOptions = { maxLength: '1024' };
    // @ts-expect-error -- none of the three
    const wrongPolicy: ServerOptions = { slowReader: 'wait' };
    // @ts-expect-error -- no such version
    const wrongVersion: ServerOptions = { protocolVersions: ['hybi-17'] };
    for (const options of [misspelt, ofServer, ofClient, wrongType, wrongPolicy, wrongVersion]) {
      expect(options).toBeInstanceOf(Object);
    }
  });
});

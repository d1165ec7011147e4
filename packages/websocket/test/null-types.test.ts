/** Where null runs, it compiles: the options, each of them, and the subprotocols. Checked by the compiler; the calls are never made. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { expectTypeOf } from 'expect-type';
import WebSocket from '../src';
import type {
  ClientOptions,
  DeflateOptions,
  ProxyOptions,
  SendOptions,
  ServerOptions,
} from '../src';
import { WebSocketStream } from '../src/stream';
import type { WebSocketStreamOptions } from '../src/stream';

/** For code that does not run. */
declare const ws: WebSocket;
declare const request: IncomingMessage;
declare const socket: Duplex;
declare const head: Buffer;

/** Code that is to compile, and not to run. */
const compiled = (code: () => unknown): void => expect(code).toBeInstanceOf(Function);

type Nulls<Options> = Record<keyof Options, null>;

test('each option may be null', () => {
  expectTypeOf<Nulls<ClientOptions>>().toExtend<ClientOptions>();
  expectTypeOf<Nulls<ServerOptions>>().toExtend<ServerOptions>();
  expectTypeOf<Nulls<ProxyOptions>>().toExtend<ProxyOptions>();
  expectTypeOf<Nulls<DeflateOptions>>().toExtend<DeflateOptions>();
  expectTypeOf<Nulls<SendOptions>>().toExtend<SendOptions>();
  expectTypeOf<Nulls<WebSocketStreamOptions>>().toExtend<WebSocketStreamOptions>();
});

test('a request’s headers, and null for one, compile', () => {
  compiled(() => new WebSocket.Client('ws://localhost/', [], { headers: request.headers }));
  compiled(() => new WebSocket.Client('ws://localhost/', [], { headers: { a: null, b: 1 } }));
  // @ts-expect-error -- a boolean is no header, though it is sent as text
  compiled(() => new WebSocket.Client('ws://localhost/', [], { headers: { a: true } }));
});

test('options of methods may be null', () => {
  compiled(() => ws.send('hello', null));
  compiled(() => ws.sendStream(['hello'], null));
  compiled(() => [ws.stream(null), ws.stream({ encoding: null, objectMode: null })]);
  compiled(() => ws.pipe(process.stdout, null));
});

test('validateOptions takes options of whatever names', () => {
  const options = { colour: 'red' };
  expect(() => WebSocket.validateOptions(options, ['colour'])).not.toThrow();
  expect(() => WebSocket.validateOptions(null, [])).not.toThrow();
});

test('the subprotocols and the options may be null', () => {
  compiled(() => new WebSocket('ws://localhost/', null, null));
  compiled(() => new WebSocket.Client('ws://localhost/', null, null));
  compiled(() => new WebSocket(request, socket, head, null, null));
  compiled(() => new WebSocketStream('ws://localhost/', null));
});

test('what else is accepted for none is an error, as before', () => {
  // @ts-expect-error -- false is no number
  const ping: ServerOptions = { ping: false };
  // @ts-expect-error -- nor a proxy
  const proxy: ClientOptions = { proxy: false };
  // @ts-expect-error -- nor options
  compiled(() => new WebSocket('ws://localhost/', [], false));
  expect([ping, proxy]).toHaveLength(2);
});

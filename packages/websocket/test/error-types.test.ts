/** What can be known of errors: by their codes and classes, at compile time and at run time. */
import { Client } from '@ws/client';
import { CONNECTION_ERRORS } from '@ws/connection';
import { VIOLATIONS } from '@ws/frame-parser';
import { HANDSHAKE_ERRORS } from '@ws/handshake';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expectTypeOf } from 'expect-type';
import WebSocket, { ConnectError, ConnectionError, ProtocolError, RefusedError } from '../src';
import type {
  ConnectionErrorCode,
  HandshakeErrorCode,
  ProtocolErrorCode,
  SystemErrorCode,
  WebSocketError,
  WebSocketErrorCode,
} from '../src';
import { frame } from './support/frames';
import { RawClient } from './support/raw-client';
import { TestServer } from './support/test-server';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Never called. */
function narrowed(error: WebSocketError, cause: WebSocketError | null): void {
  expectTypeOf(error.message).toBeString();
  expectTypeOf(error.code).toEqualTypeOf<WebSocketErrorCode | SystemErrorCode | undefined>();
  expectTypeOf(cause?.code).toEqualTypeOf<WebSocketErrorCode | SystemErrorCode | undefined>();
  expectTypeOf(error.statusCode).toEqualTypeOf<number | undefined>();
  expectTypeOf(error.headers).toEqualTypeOf<Headers | undefined>();
  expectTypeOf(error.body).toEqualTypeOf<Buffer | undefined>();
  expectTypeOf(error.closeCode).toEqualTypeOf<number | undefined>();
  expectTypeOf(error.section).toEqualTypeOf<string | undefined>();
  if (error.code === 'WS_ERR_REFUSED') expectTypeOf(error.statusCode).toBeNumber();
  if (error.code === 'WS_ERR_INVALID_UTF8') expectTypeOf(error.closeCode).toBeNumber();
  if (error.code === 'WS_ERR_UNEXPECTED_STATUS') {
    expectTypeOf(error.statusCode).toEqualTypeOf<number | undefined>();
    expectTypeOf(error.closeCode).toBeUndefined();
  }
  if (error.code === 'WS_ERR_PING_TIMEOUT') expectTypeOf(error.statusCode).toBeUndefined();
  if (error.code === 'ECONNREFUSED' || error.code === 'CERT_HAS_EXPIRED') return;
  if (error.code?.startsWith('HPE_')) return;
  // @ts-expect-error -- there is no such code
  if (error.code === 'WS_ERR_PINGTIMEOUT') return;
  if (error instanceof ConnectError) expectTypeOf(error.body).toEqualTypeOf<Buffer | undefined>();
  else if (error instanceof ConnectionError)
    expectTypeOf(error.code).toEqualTypeOf<ConnectionErrorCode>();
  else if (error instanceof ProtocolError)
    expectTypeOf(error.code).toEqualTypeOf<ProtocolErrorCode>();
  else if (error instanceof RefusedError)
    expectTypeOf(error.code).toEqualTypeOf<'WS_ERR_REFUSED'>();
}

test('an error is narrowed by its code, and by its class', () => {
  expect(narrowed).toBeInstanceOf(Function);
  expectTypeOf<Error>().toExtend<WebSocketError>();
  expectTypeOf<ConnectError>().toExtend<WebSocketError>();
  expectTypeOf<ConnectionError>().toExtend<WebSocketError>();
  expectTypeOf<ProtocolError>().toExtend<WebSocketError>();
  expectTypeOf<RefusedError>().toExtend<WebSocketError>();
});

test('the classes are exported as values and as types', () => {
  expectTypeOf<WebSocket.ConnectError>().toEqualTypeOf<ConnectError>();
  expectTypeOf<WebSocket.HandshakeError['code']>().toEqualTypeOf<HandshakeErrorCode>();
  expectTypeOf<WebSocket.SocketTakenError['code']>().toEqualTypeOf<'WS_ERR_SOCKET_TAKEN'>();
  expectTypeOf<InstanceType<typeof WebSocket.RefusedError>>().toEqualTypeOf<RefusedError>();
  expectTypeOf<WebSocket.WebSocketError>().toEqualTypeOf<WebSocketError>();
});

test('the types have exactly the codes of the tables', () => {
  const codes: Record<HandshakeErrorCode | ConnectionErrorCode, unknown> = {
    ...HANDSHAKE_ERRORS,
    ...CONNECTION_ERRORS,
  };
  const ofViolations = Object.values(VIOLATIONS).map(({ errorCode }) => errorCode);
  expectTypeOf(ofViolations).toEqualTypeOf<ProtocolErrorCode[]>();
  const known: string[] = [...Object.keys(codes), ...ofViolations];
  expect(known.filter((code) => !code.startsWith('WS_ERR_'))).toEqual([]);
});

describe('at run time', () => {
  const errorOf = (ws: WebSocket | Client): Promise<WebSocketError> =>
    new Promise((resolve) => ws.once('error', ({ error }) => resolve(error)));

  let pages: Server;

  beforeAll(async () => {
    pages = createServer((_, response) => response.writeHead(403).end('no')).listen(0);
    await once(pages, 'listening');
  });

  afterAll(() => void pages.close());

  test('an answer that opens nothing is a ConnectError, its cause a HandshakeError', async () => {
    const error = await errorOf(
      new WebSocket(`ws://localhost:${(pages.address() as AddressInfo).port}/`),
    );
    expect(error).toBeInstanceOf(WebSocket.ConnectError);
    expect(error.cause).toBeInstanceOf(WebSocket.HandshakeError);
    expect([error.code, error.statusCode]).toEqual(['WS_ERR_UNEXPECTED_STATUS', 403]);
  });

  test('a violation is a ProtocolError, a lost peer a ConnectionError', async () => {
    const server = await TestServer.listen((...upgrade) => new WebSocket(...upgrade));
    const [bad, lost] = [await RawClient.open(server.port), await RawClient.open(server.port)];
    const [first, second] = [await server.next(), await server.next()];
    const [violation, closed] = [
      errorOf(first),
      new Promise<WebSocketError | null>((resolve) => {
        second.once('close', ({ cause }) => resolve(cause));
      }),
    ];
    bad.write(frame(3));
    lost.socket.end();
    expect(await violation).toBeInstanceOf(WebSocket.ProtocolError);
    expect((await violation).closeCode).toBe(1002);
    expect(await closed).toBeInstanceOf(WebSocket.ConnectionError);
  });

  test('a refused request is a RefusedError, a second WebSocket of its socket throws', async () => {
    const errors: unknown[] = [];
    const server = await TestServer.listen((request, socket, head) => {
      request.headers.upgrade = 'h2c';
      const ws = new WebSocket(request, socket, head);
      try {
        new WebSocket(request, socket, head);
      } catch (error) {
        errors.push(error);
      }
      return errorOf(ws);
    });
    await errorOf(new WebSocket(server.url));
    const error = await server.next();
    expect(error).toBeInstanceOf(WebSocket.RefusedError);
    expect(error.statusCode).toBe(400);
    expect(errors).toEqual([expect.any(WebSocket.SocketTakenError)]);
  });
});

/**
 * The umbrella in a TypeScript program: the class as a value and as a type, the named types, what
 * listeners infer. Compiled as an ES module and as CommonJS, and then run.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket, { Client, EventSource, isWebSocket } from '@ws/websocket';
import type {
  ClientOptions,
  CloseEvent,
  EventSourceOptions,
  MessageData,
  MessageEvent,
  ServerOptions,
} from '@ws/websocket';

type Same<A, B> = 0 extends 1 & A ? false : [A, B] extends [B, A] ? true : false;

/** Compiles only where `A` and `B` are the same type, and not `any`. */
function same<A, B>(verdict: Same<A, B>): void {
  assert.ok(verdict);
}

const clientOptions: ClientOptions = { headers: { 'X-Typed': 'yes' }, handshakeTimeout: 5000 };
const serverOptions: ServerOptions = { maxLength: 1024 };

// @ts-expect-error -- options that do not exist are refused
export const misspelt: ClientOptions = { handshakeTimout: 5000 };

const sourceOptions: EventSourceOptions = { ping: 15, retry: false, headers: null };

const server = createServer((request, response) => {
  const source: EventSource = new WebSocket.EventSource(request, response, sourceOptions);
  source.on('close', (event) => {
    const target: EventSource = event.target;
    assert.equal(target, source);
  });
  // @ts-expect-error -- there are no messages from a client
  source.on('message', () => undefined);
  assert.ok(
    EventSource.isEventSource(request) && source.send('Hello', { event: 'greeting', id: 1 }),
  );
});
server.on('upgrade', (request, socket, head) => {
  assert.ok(isWebSocket(request));
  const ws: WebSocket = new WebSocket(request, socket, head, ['chat'], serverOptions);
  ws.on('message', (event) => {
    same<typeof event, MessageEvent>(true);
    same<typeof event.data, MessageData>(true);
    ws.send(event.data);
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const ws: Client = new Client(`ws://127.0.0.1:${port}/`, ['chat'], clientOptions);
  const replies: MessageData[] = [];
  ws.addEventListener('open', () => ws.send('Hello'));
  ws.onmessage = ({ data }) => {
    replies.push(data);
    ws.close(1000, 'done');
  };
  ws.once('close', (event) => {
    same<typeof event, CloseEvent<'nodebuffer'>>(true);
    assert.deepEqual([event.wasClean, event.reason, ws.protocol], [true, 'done', 'chat']);
    assert.deepEqual(replies, ['Hello']);
    assert.ok(ws instanceof WebSocket);
    server.close();
  });
});

/** A server that does what a server must not: what the faults on the server's side are made of. */
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import { secWebSocketAccept } from '@ws/handshake';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BAD_ANSWERS, type BadAnswer } from '../plan/faults';
import type { Plan } from '../plan/plan';

const OTHER_KEY = 'AQIDBAUGBwgJCgsMDQ4PEA==';
const REFUSAL =
  'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

type Answer = (key: string) => Uint8Array | null;

const ANSWERS: Readonly<Record<BadAnswer, Answer>> = {
  serverGarbage: (key) => Buffer.concat([acceptance(key), maskedFrame()]),
  serverRefuses: () => Buffer.from(REFUSAL),
  serverHangsUp: () => null,
  wrongAccept: () => acceptance(OTHER_KEY),
};

/** Answers a request whose plan asks for that, and ends; false if the plan does not. */
export function answerBadly({ fault }: Plan, request: IncomingMessage, socket: Duplex): boolean {
  const named = BAD_ANSWERS.find((name) => name === fault);
  if (named === undefined) return false;
  const bytes = ANSWERS[named](String(request.headers['sec-websocket-key']));
  socket.on('error', () => socket.destroy());
  // Nothing that the client says is of interest, but its end is seen by reading only.
  socket.resume();
  if (bytes === null) socket.destroy();
  else socket.end(bytes);
  return true;
}

function acceptance(key: string): Buffer {
  return Buffer.from(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${secWebSocketAccept(key)}\r\n\r\n`,
  );
}

/** RFC 6455 §5.1: "A server MUST NOT mask any frames that it sends to the client." */
function maskedFrame(): Uint8Array {
  return encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: 'masked' });
}

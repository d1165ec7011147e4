/** Opening handshakes by hand: of attackers, of an innocent client, and one that is refused. */
import { connect, type Socket } from 'node:net';

export type OpeningName = 'plain' | 'deflate' | 'hixie-76';

const HOST = '127.0.0.1';
const END_OF_HEAD = '\r\n\r\n';

/** What follows an answer's head: the answer to the challenge of draft hixie-76. */
const REST: Readonly<Record<OpeningName, number>> = { plain: 0, deflate: 0, 'hixie-76': 16 };

/** The keys are those of RFC 6455 §1.3 and of draft hixie-76 §1.2. */
const HYBI = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
const HEADERS: Readonly<Record<OpeningName, readonly string[]>> = {
  plain: HYBI,
  // Each message by itself, so that the same bytes may be sent again (RFC 7692 §7.1.1.2).
  deflate: [...HYBI, 'Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover'],
  'hixie-76': [
    `Origin: http://${HOST}`,
    'Sec-WebSocket-Key1: 18x 6]8vM;54 *(5:  {   U1]8  z [  8',
    'Sec-WebSocket-Key2: 1_ tx7X d  <  nw  334J702) 7]o}` 0',
  ],
};
const KEY3 = 'Tm[K T2u';

/** A request that every server has to refuse: its key is missing (RFC 6455 §4.2.1). */
export const BAD_REQUEST: string = request('/', HYBI.slice(0, 1));

/** A connected socket; its errors end it, and nothing else. */
export async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: HOST, noDelay: true, allowHalfOpen: true });
  const ended = new Promise<never>((_, reject) => {
    socket.once('close', () => reject(new Error('no connection')));
  });
  socket.on('error', () => socket.destroy());
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), ended]);
  return socket;
}

/**
 * Makes a connected socket a WebSocket; it is paused then.
 *
 * @throws {Error} when the connection ends, or the server refuses; the socket is destroyed.
 */
export async function open(socket: Socket, opening: OpeningName, path = '/'): Promise<void> {
  const key3 = opening === 'hixie-76' ? KEY3 : '';
  socket.write(request(path, HEADERS[opening]) + key3, 'latin1');
  let answer: Buffer = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    answer = Buffer.concat([answer, chunk as Buffer]);
    const head = answer.indexOf(END_OF_HEAD);
    if (head === -1 || answer.length < head + END_OF_HEAD.length + REST[opening]) continue;
    if (answer.toString('latin1', 0, 12) === 'HTTP/1.1 101') return;
    break;
  }
  socket.destroy();
  throw new Error('the server did not accept');
}

function request(path: string, headers: readonly string[]): string {
  const first = [`GET ${path} HTTP/1.1`, `Host: ${HOST}`, 'Connection: Upgrade'];
  return [...first, 'Upgrade: websocket', ...headers].join('\r\n') + END_OF_HEAD;
}

/** The opening handshake by hand: a request of any version, and its answer checked. */
import { hixie76Challenge, secWebSocketAccept } from '@ws/handshake';
import { pathOf, type Plan } from '../plan/plan';

/** The key of RFC 6455 §1.3; the keys of draft hixie-76 §1.2. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const KEY1 = '18x 6]8vM;54 *(5:  {   U1]8  z [  8';
const KEY2 = '1_ tx7X d  <  nw  334J702) 7]o}` 0';
const KEY3 = Buffer.from('Tm[K T2u', 'latin1');

const END_OF_HEAD = '\r\n\r\n';
const CHALLENGE_LENGTH = 16;

/** The request of a plan, with what is wrong about it if its fault is in there. */
export function requestOf(plan: Plan, port: number): Buffer {
  const { version, fault } = plan;
  const lines = [
    `GET ${pathOf(plan)} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    ...versionHeaders(version, fault === 'badRequest'),
    ...(fault === 'bomb' ? ['Sec-WebSocket-Extensions: permessage-deflate'] : []),
  ];
  const head = Buffer.from(lines.join('\r\n') + END_OF_HEAD, 'latin1');
  if (fault === 'cutRequest') return head.subarray(0, head.length / 2);
  return version === 'hixie-76' && fault !== 'cutKey3' ? Buffer.concat([head, KEY3]) : head;
}

function versionHeaders(version: Plan['version'], isUnknown: boolean): string[] {
  if (version === 'hixie-75') return ['Origin: http://127.0.0.1'];
  if (version === 'hixie-76') {
    return [
      'Origin: http://127.0.0.1',
      `Sec-WebSocket-Key1: ${KEY1}`,
      `Sec-WebSocket-Key2: ${KEY2}`,
    ];
  }
  const number = isUnknown ? 99 : Number(version.slice('hybi-'.length));
  return [`Sec-WebSocket-Key: ${KEY}`, `Sec-WebSocket-Version: ${number}`];
}

/** Reads the answer to a request as it comes in. */
export class RawAnswer {
  readonly #version: Plan['version'];
  #bytes: Buffer = Buffer.alloc(0);

  constructor(version: Plan['version']) {
    this.#version = version;
  }

  /**
   * @returns the bytes behind the answer once it is whole, else null
   * @throws {Error} when the answer is not the one that opens the connection
   */
  read(chunk: Buffer): Buffer | null {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const end = this.#bytes.indexOf(END_OF_HEAD);
    if (end === -1) return null;
    const head = this.#bytes.toString('latin1', 0, end);
    const rest = this.#bytes.subarray(end + END_OF_HEAD.length);
    if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(head.slice(0, head.indexOf('\r\n')));
    if (this.#version === 'hixie-76') return afterChallenge(rest);
    if (this.#version !== 'hixie-75' && !head.includes(secWebSocketAccept(KEY))) {
      throw new Error('wrong Sec-WebSocket-Accept');
    }
    return rest;
  }
}

function afterChallenge(bytes: Buffer): Buffer | null {
  if (bytes.length < CHALLENGE_LENGTH) return null;
  const challenge = hixie76Challenge(KEY1, KEY2, KEY3);
  if (!bytes.subarray(0, CHALLENGE_LENGTH).equals(challenge)) throw new Error('wrong challenge');
  return bytes.subarray(CHALLENGE_LENGTH);
}

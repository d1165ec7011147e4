/**
 * An echo endpoint for both roles, right but for the faults it is told to have: what the judge must
 * find. It speaks through the suite's own codec, since what is tested is the judge.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { FrameSpec, Role } from '../src/model/case';
import {
  BINARY,
  CLOSE,
  close,
  CONTINUATION,
  frame,
  PING,
  pong,
  PONG,
  TEXT,
  unfinished,
  RSV1,
} from '../src/model/builders';
import { HybiWire } from '../src/wire/codec';
import { MessageDeflate } from '../src/wire/deflate';
import type { ReceivedFrame } from '../src/wire/wire';
import { agreementOf, readResponse, requestOf, responseOf } from './mutant-handshake';

export const FAULTS = [
  'accepts bad UTF-8',
  'looks at UTF-8 only in whole messages',
  'ignores pings',
  'answers pings with nothing in them',
  'answers pings in another order',
  'answers pongs',
  'closes with another code',
  'accepts bad close codes',
  'drops TCP instead of closing',
  'never ends TCP',
  'goes on behind a closing frame',
  'ignores reserved bits',
  'accepts reserved opcodes',
  'accepts fragmented control frames',
  'accepts long control frames',
  'accepts masks that are wrong',
  'accepts lengths that are not minimal',
  'echoes fragment by fragment',
  'accepts continuations of nothing',
  'accepts text inside a message',
  'forgets what came before a fault',
  'masks like the other role',
  'sends text as binary and binary as text',
  'loses the last octet',
  'sends a wrong accept key',
  'ignores the accept key',
  'ignores the status',
  'answers any version',
  'answers any key',
  'names an extension nobody offered',
  'names a subprotocol nobody offered',
  'keeps its context against what was agreed',
  'ignores the window that was agreed',
  'damages what it compresses',
] as const;

export type Fault = (typeof FAULTS)[number];
export type Has = (fault: Fault) => boolean;

const VALID_CODES = /^(100[0-37-9]|101[0-4]|[34]\d{3})$/;

/** Resolves with a server that has the faults; close it. */
export async function serveMutant(has: Has): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => accept(socket, has));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Visits the suite with the faults; resolves when the connection is over. */
export function visitAsMutant(url: string, has: Has): Promise<void> {
  const { hostname, port, pathname, search, host } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.on('error', () => {}).on('close', () => resolve());
    const { request, key } = requestOf(host, `${pathname}${search}`);
    socket.write(request);
    onHead(socket, (head, rest) => {
      const answer = readResponse(head, key, has);
      if (answer === undefined) socket.destroy();
      else new Mutant(socket, 'client', has, answer.extensions).take(rest);
    });
  });
}

function accept(socket: Socket, has: Has): void {
  socket.on('error', () => {});
  onHead(socket, (head, rest) => {
    const { response, extensions } = responseOf(head, has);
    socket.write(response);
    if (!response.startsWith('HTTP/1.1 101')) socket.end();
    else new Mutant(socket, 'server', has, extensions).take(rest);
  });
}

function onHead(socket: Socket, then: (head: string, rest: Buffer) => void): void {
  let octets = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    octets = Buffer.concat([octets, chunk]);
    const end = octets.indexOf('\r\n\r\n');
    if (end === -1) return;
    socket.off('data', read);
    then(octets.toString('latin1', 0, end), octets.subarray(end + 4));
  };
  socket.on('data', read);
  socket.on('end', () => socket.end());
}

class Mutant {
  readonly #socket: Socket;
  readonly #role: Role;
  readonly #has: Has;
  readonly #reading: HybiWire;
  readonly #writing: HybiWire;
  readonly #deflate: MessageDeflate | undefined;
  #message: { opcode: number; compressed: boolean; parts: Buffer[]; utf8: TextDecoder } | undefined;
  #pongs: FrameSpec[] = [];
  #closed = false;

  constructor(socket: Socket, role: Role, has: Has, extensions: string | undefined) {
    this.#socket = socket;
    this.#role = role;
    this.#has = has;
    const agreement = agreementOf(extensions, role, has);
    this.#deflate = agreement && new MessageDeflate(agreement);
    const allowedRsv = agreement === undefined ? 0 : RSV1;
    const masks = role === 'client';
    this.#reading = new HybiWire({
      masks,
      allowedRsv: has('ignores reserved bits') ? 7 : allowedRsv,
    });
    this.#writing = new HybiWire({ masks: masks !== has('masks like the other role'), allowedRsv });
    socket.on('data', (chunk: Buffer) => this.take(chunk));
  }

  take(octets: Buffer): void {
    const frames = this.#reading.read(octets);
    const forgets = this.#has('forgets what came before a fault');
    const bad = frames.findIndex((received) => this.#faultOf(received));
    for (const received of forgets && bad > 0 ? frames.slice(bad) : frames) this.#frame(received);
    for (const answer of this.#pongs.reverse()) this.#send(answer);
    this.#pongs = [];
  }

  #frame(received: ReceivedFrame): void {
    if (this.#closed && !this.#has('goes on behind a closing frame')) return;
    if (this.#faultOf(received)) return this.#fail(1002);
    const { opcode, payload } = received;
    if (opcode === CLOSE) return this.#closing(payload);
    if (opcode === PING) return this.#ping(payload);
    if (opcode === PONG) {
      if (this.#has('answers pongs')) this.#send(pong(payload));
    } else if (opcode <= BINARY) {
      this.#data(received);
    }
  }

  #faultOf({ fault, opcode, fin }: ReceivedFrame): boolean {
    const excused: [RegExp, Fault][] = [
      [/mask/, 'accepts masks that are wrong'],
      [/minimal/, 'accepts lengths that are not minimal'],
      [/reserved opcode/, 'accepts reserved opcodes'],
      [/control frame is fragmented/, 'accepts fragmented control frames'],
      [/longer than 125/, 'accepts long control frames'],
    ];
    if (fault?.includes('reserved bits') === true && this.#has('ignores reserved bits'))
      return false;
    if (fault !== undefined)
      return !excused.some(([words, f]) => words.test(fault) && this.#has(f));
    if (opcode > BINARY) return false;
    if (opcode === CONTINUATION && this.#message === undefined) {
      return !fin || !this.#has('accepts continuations of nothing');
    }
    return false;
  }

  #ping(payload: Buffer): void {
    if (this.#has('ignores pings')) return;
    const answer = pong(this.#has('answers pings with nothing in them') ? '' : payload);
    if (this.#has('answers pings in another order')) this.#pongs.push(answer);
    else this.#send(answer);
  }

  #data(received: ReceivedFrame): void {
    const { opcode, fin, rsv, payload } = received;
    if (opcode === CONTINUATION && this.#message === undefined) return;
    if (opcode !== CONTINUATION && this.#message !== undefined) {
      if (this.#has('accepts text inside a message')) return;
      return this.#fail(1002);
    }
    if (this.#has('echoes fragment by fragment') && !(opcode > 0 && fin)) {
      return this.#send(fin ? frame(TEXT, payload) : unfinished(frame(TEXT, payload)));
    }
    const compressed = this.#deflate !== undefined && rsv === RSV1;
    this.#message ??= {
      opcode,
      compressed,
      parts: [],
      utf8: new TextDecoder('utf-8', { fatal: true }),
    };
    this.#message.parts.push(payload);
    const lazy = compressed || (this.#has('looks at UTF-8 only in whole messages') && !fin);
    if (!lazy && this.#message.opcode === TEXT && !this.#isUtf8(payload, fin))
      return this.#fail(1007);
    if (fin) this.#echo();
  }

  #isUtf8(payload: Buffer, fin: boolean): boolean {
    if (this.#has('accepts bad UTF-8')) return true;
    const whole = this.#has('looks at UTF-8 only in whole messages');
    const { utf8, parts } = this.#message!;
    try {
      utf8.decode(whole ? Buffer.concat(parts) : payload, { stream: !fin });
      return true;
    } catch {
      return false;
    }
  }

  #echo(): void {
    const { opcode, compressed, parts } = this.#message!;
    this.#message = undefined;
    const joined = Buffer.concat(parts);
    const data = compressed ? this.#deflate!.inflate(joined) : joined;
    const kept = this.#has('loses the last octet') ? data.subarray(0, -1) : data;
    const swapped = this.#has('sends text as binary and binary as text') ? 3 - opcode : opcode;
    if (this.#deflate === undefined) return this.#send(frame(swapped, kept));
    const packed = this.#deflate.compress(kept);
    if (this.#has('damages what it compresses')) packed[packed.length >> 1] ^= 0x55;
    this.#send(frame(swapped, packed, RSV1));
  }

  #closing(payload: Buffer): void {
    if (this.#has('drops TCP instead of closing')) return void this.#socket.destroy();
    if (this.#closed) return;
    const code = payload.length < 2 ? undefined : payload.readUInt16BE(0);
    const valid = payload.length !== 1 && (code === undefined || VALID_CODES.test(`${code}`));
    if (!valid && !this.#has('accepts bad close codes')) return this.#fail(1002);
    if (!isUtf8(payload.subarray(2))) return this.#fail(1007);
    this.#end(this.#has('closes with another code') ? close(3998) : frame(CLOSE, payload));
  }

  #fail(code: number): void {
    if (!this.#closed) this.#end(close(code));
  }

  #end(closing: FrameSpec): void {
    this.#send(closing);
    this.#closed = true;
    const goesOn = this.#has('goes on behind a closing frame') || this.#has('never ends TCP');
    if (this.#role === 'server' && !goesOn) this.#socket.end();
  }

  #send(answer: FrameSpec): void {
    if (this.#socket.writable) this.#socket.write(this.#writing.encode(answer));
  }
}

function isUtf8(octets: Buffer): boolean {
  return octets.equals(Buffer.from(octets.toString()));
}

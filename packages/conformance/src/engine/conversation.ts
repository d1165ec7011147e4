/**
 * One open connection, from the handshake to its end: frames out, events in, and the facts about who
 * closed how. It has no opinion on any of it; the judge has.
 */
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, RSV1 } from '../model/builders';
import type { Delivery, FrameSpec, PeerEvent } from '../model/case';
import type { MessageDeflate } from '../wire/deflate';
import type { ReceivedFrame, Wire } from '../wire/wire';
import type { Channel } from './channel';
import type { Sender, WireLog } from './log';

export interface ClosingFrame {
  /** Undefined if the frame had none. */
  readonly code: number | undefined;
  readonly reason: Buffer;
}

interface UnfinishedMessage {
  readonly kind: 'text' | 'binary';
  readonly compressed: boolean;
  readonly parts: Buffer[];
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

export class Conversation {
  readonly channel: Channel;
  readonly log: WireLog;
  readonly deflate: MessageDeflate | undefined;
  readonly #wire: Wire;
  /** What has come, in order, and not been taken. */
  readonly events: PeerEvent[] = [];
  sentClose = false;
  receivedClose: ClosingFrame | undefined;
  /** Who sent the first closing frame, or ended TCP first. */
  closedFirst: Sender | undefined;
  /** The first rule that the endpoint broke. */
  fault: string | undefined;
  #message: UnfinishedMessage | undefined;

  constructor(channel: Channel, wire: Wire, log: WireLog, deflate?: MessageDeflate) {
    this.channel = channel;
    this.log = log;
    this.deflate = deflate;
    this.#wire = wire;
    channel.onOctets = (octets) => this.#read(octets);
  }

  /** Whether the endpoint has begun to close, has answered a closing frame, or is gone. */
  get over(): boolean {
    return this.receivedClose !== undefined || this.ended;
  }

  /** Whether the endpoint has ended TCP. */
  get ended(): boolean {
    if (this.channel.ended) this.closedFirst ??= 'endpoint';
    return this.channel.ended;
  }

  /** Sends until the connection is over. The payloads are not changed. */
  async send(frames: readonly FrameSpec[], { chop, sync = false }: Delivery = {}): Promise<void> {
    const encoded = frames.map((frame) => {
      this.log.frame('suite', frame);
      return this.#wire.encode(frame);
    });
    const whole = sync ? encoded : [Buffer.concat(encoded)];
    const writes = chop === undefined ? whole : whole.flatMap((octets) => chopped(octets, chop));
    const closes = frames.some(({ opcode, rsv }) => opcode === CLOSE && rsv === 0);
    if (closes) this.#markClose();
    for (const octets of writes) {
      if (this.over && !this.sentClose) return;
      await this.channel.write(octets);
    }
    if (closes && this.#wire.closesByEnding) this.channel.end();
  }

  /** Sends octets as they are. */
  async sendOctets(octets: Buffer): Promise<void> {
    this.log.octets('suite', octets);
    await this.channel.write(octets);
  }

  /** Waits until the endpoint has shown no sign of life for `silence` milliseconds at the most. */
  until(condition: () => boolean, silence: number): Promise<boolean> {
    return this.channel.until(condition, silence);
  }

  /** Reads octets that came behind the handshake. */
  begin(octets: Buffer): void {
    if (octets.length > 0) this.#read(octets);
  }

  #markClose(): void {
    this.closedFirst ??= this.over ? 'endpoint' : 'suite';
    this.sentClose = true;
  }

  #read(octets: Buffer): void {
    for (const frame of this.#wire.read(octets)) {
      this.log.frame('endpoint', frame);
      if (frame.fault !== undefined) this.#fail(frame.fault);
      else if (this.receivedClose !== undefined)
        this.#fail('a frame came behind the closing frame');
      else this.#take(frame);
    }
  }

  #take(frame: ReceivedFrame): void {
    if (frame.opcode === CLOSE) this.#closing(frame.payload);
    else if (frame.opcode === PING) this.events.push({ kind: 'ping', data: frame.payload });
    else if (frame.opcode === PONG) this.events.push({ kind: 'pong', data: frame.payload });
    else this.#fragment(frame);
  }

  #fragment({ opcode, fin, rsv, payload }: ReceivedFrame): void {
    if ((opcode === CONTINUATION) !== (this.#message !== undefined)) {
      this.#fail('fragments are out of order');
      return;
    }
    if (opcode === CONTINUATION && rsv !== 0) this.#fail('a continuation has RSV1');
    const kind = opcode === BINARY ? 'binary' : 'text';
    this.#message ??= { kind, compressed: (rsv & RSV1) !== 0, parts: [] };
    this.#message.parts.push(payload);
    if (fin) this.#finish(this.#message);
  }

  #finish({ kind, compressed, parts }: UnfinishedMessage): void {
    this.#message = undefined;
    const joined = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const data = compressed ? this.#inflate(joined) : joined;
    if (kind === 'text' && !isUtf8(data)) this.#fail('a text message is not UTF-8');
    this.events.push({ kind, data });
  }

  #inflate(octets: Buffer): Buffer {
    try {
      return this.deflate!.inflate(octets);
    } catch (error) {
      this.#fail(`a message cannot be inflated as agreed: ${(error as Error).message}`);
      return octets;
    }
  }

  #closing(payload: Buffer): void {
    const code = payload.length >= 2 ? payload.readUInt16BE(0) : undefined;
    const reason = payload.subarray(2);
    this.closedFirst ??= this.sentClose ? 'suite' : 'endpoint';
    this.receivedClose = { code, reason };
    if (payload.length === 1) this.#fail('a closing frame has half a code');
    if (!isUtf8(reason)) this.#fail('a close reason is not UTF-8');
  }

  #fail(fault: string): void {
    this.fault ??= fault;
    this.log.note(`Fault: ${fault}`);
  }
}

/** The opcode for a message of a kind. */
export function opcodeOf(kind: 'text' | 'binary'): number {
  return kind === 'text' ? TEXT : BINARY;
}

function chopped(octets: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < octets.length; at += size) pieces.push(octets.subarray(at, at + size));
  return pieces;
}

function isUtf8(octets: Buffer): boolean {
  try {
    UTF8.decode(octets);
    return true;
  } catch {
    return false;
  }
}

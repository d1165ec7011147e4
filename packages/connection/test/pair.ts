/**
 * Two connection protocols joined in memory: what one puts into its outbox, the other receives, when
 * and in pieces of what size the test says. An end of the transport reaches the peer behind the bytes.
 */
import { VIOLATIONS } from '@ws/frame-parser';
import type { OutgoingFrame, ViolationCode } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import { encodeAnyFrame } from '../../frame-parser/test/any-frame';
import { ConnectionProtocol } from '../src/protocol/connection-protocol';
import type { MessageReceiver, ProtocolOwner } from '../src/protocol/connection-protocol';
import { Outbox } from '../src/protocol/outbox';
import { CLIENT, SERVER } from '../src/protocol/role';
import type { Role } from '../src/protocol/role';
import { Wires } from '../src/protocol/wires';

export type Heard = ['text' | 'ping' | 'pong', string] | ['binary', number[]];

const NO_BYTES = Buffer.alloc(0);
export const MAX_LENGTH = 300_000;

export const HYBI: readonly ProtocolVersion[] = ['hybi-13', 'hybi-08', 'hybi-07'];
export const HIXIE: readonly ProtocolVersion[] = ['hixie-76', 'hixie-75'];
export const ENDS = ['client', 'server'] as const;
/** The sizes of chunks that bytes travel in. */
export const SIZES = [Infinity, 1];

interface Way {
  readonly version: ProtocolVersion;
  readonly first: (typeof ENDS)[number];
  readonly size: number;
}

/** Every combination of a version, the end that acts first, and a chunk size. */
export function everyWay(versions: readonly ProtocolVersion[]): Way[] {
  return versions.flatMap((version) =>
    ENDS.flatMap((first) => SIZES.map((size) => ({ version, first, size }))),
  );
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What leaves an outbox, piece by piece; `isFree`: whether its memory may be used again at once. */
export function take(outbox: Outbox, isFree = false): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const writer = {
    knowsReaders: true,
    write: (bytes: Uint8Array) => pieces.push(bytes) > 0 && isFree,
    writeAll: (several: readonly Uint8Array[]) => pieces.push(...several) > 0 && isFree,
  };
  if (outbox.bytes > 0) outbox.leaveBy(writer);
  return pieces;
}

/** All that waits in an outbox, as one Buffer of its own. */
export function taken(outbox: Outbox): Buffer {
  return Buffer.concat(take(outbox));
}

/** Masking keys that vary and can be told apart, but are the same in every run. */
export function countingKeys(): () => number {
  let key = 0x01020304;
  return () => (key = (key + 0x11111111) | 0);
}

/** One end: a protocol, what it has told its owner, and what is on the way to it. */
export class End implements ProtocolOwner, MessageReceiver {
  readonly heard: Heard[] = [];
  readonly protocol: ConnectionProtocol;
  readonly outbox: Outbox = new Outbox();
  readonly transport = this;
  /** What the peer has written and this end has not read. */
  inFlight: Buffer = NO_BYTES;
  isCongested = false;
  readsOn = false;
  /** This end has ended its half of the transport. */
  ended = false;
  /** This end has seen the peer's end. */
  sawEnd = false;
  /** Called on everything heard, before it is written down. */
  onHeard: (heard: Heard) => void = () => {};

  constructor(role: Role, version: ProtocolVersion) {
    const wire = new Wires(countingKeys()).of(version, role);
    this.protocol = new ConnectionProtocol(wire, this, this, {
      maxLength: MAX_LENGTH,
      maxStreamedLength: Infinity,
      textAsBytes: false,
      allowedRsv: 0,
      reservesAll: false,
      meter: null,
    });
  }

  /** What has been sent since the last look; the bytes are gone from the outbox. */
  takeSent(): Buffer {
    return taken(this.outbox);
  }

  /** Reads at most `size` of the bytes in flight; says whether there were any. */
  read(size: number): boolean {
    if (this.inFlight.byteLength === 0) return false;
    const chunk = Buffer.from(this.inFlight.subarray(0, size));
    this.inFlight = this.inFlight.subarray(chunk.byteLength);
    this.protocol.decoder.push(chunk);
    return true;
  }

  onText(text: string): void {
    this.note(['text', text]);
  }

  onTextBytes(data: Uint8Array): void {
    this.onText(Buffer.from(data).toString());
  }

  onBinary(data: Uint8Array): void {
    this.note(['binary', [...data]]);
  }

  onControl(type: 'ping' | 'pong', data: Uint8Array): void {
    this.note([type, Buffer.from(data).toString()]);
  }

  onControlSent(): void {}

  onReserved(): void {
    throw new Error('no extension was agreed on');
  }

  afterSending(reply: () => void): void {
    reply();
  }

  private note(heard: Heard): void {
    this.onHeard(heard);
    this.heard.push(heard);
  }
}

export class Pair {
  readonly client: End;
  readonly server: End;

  constructor(version: ProtocolVersion = 'hybi-13') {
    this.client = new End(CLIENT, version);
    this.server = new End(SERVER, version);
  }

  peerOf(end: End): End {
    return end === this.client ? this.server : this.client;
  }

  /** Writes what `end` has sent. */
  write(end: End): boolean {
    const sent = end.takeSent();
    const peer = this.peerOf(end);
    peer.inFlight = Buffer.concat([peer.inFlight, sent]);
    return sent.byteLength > 0;
  }

  /** Moves everything, chunks of at most `size` bytes, until nothing moves any more. */
  carry(size: number = Infinity): this {
    const { client, server } = this;
    while (this.step(client, size) || this.step(server, size));
    if (client.sawEnd && server.sawEnd) this.cut();
    return this;
  }

  /** The transport is gone for both. */
  cut(): void {
    this.client.protocol.receiveTransportClosed();
    this.server.protocol.receiveTransportClosed();
  }

  private step(end: End, size: number): boolean {
    const moved = [this.write(end), end.read(size), this.carryEnd(end)];
    return moved.includes(true);
  }

  private carryEnd(end: End): boolean {
    const peer = this.peerOf(end);
    if (end.protocol.endsTransport && end.outbox.bytes === 0) end.ended = true;
    if (!end.ended || peer.sawEnd || peer.inFlight.byteLength > 0) return false;
    peer.sawEnd = true;
    peer.protocol.receiveEof();
    return true;
  }
}

/** Puts frames that no ConnectionProtocol sends on the way to `end`, behind what already is. */
export function inject(end: End, ...frames: OutgoingFrame[]): void {
  const sender = end.protocol.wire.role === CLIENT ? SERVER : CLIENT;
  const encoded = frames.map((frame) => encodeAnyFrame(sender, frame));
  end.inFlight = Buffer.concat([end.inFlight, ...encoded]);
}

/** Both ends have said and heard how the other closes, and the transport has ended. */
export function expectClosing(pair: Pair, code: number, reason: string = ''): void {
  for (const { protocol } of [pair.client, pair.server]) {
    expect(protocol).toMatchObject({ state: 'closed', wasClean: true, violation: null });
    expect(protocol.closeReceived).toEqual({ code, reason });
    expect(protocol.closeSent).toEqual({ code, reason });
  }
}

/** One end has failed the connection, and told the other why, as far as the version has words for it. */
export function expectFailing(pair: Pair, failing: End, violation: ViolationCode): void {
  const { protocol } = failing;
  const { closeCode: code, text: reason } = VIOLATIONS[violation];
  expect(protocol).toMatchObject({ state: 'closed', wasClean: false, violation });
  if (protocol.wire.hasCloseStatus) {
    expect(pair.peerOf(failing).protocol.closeReceived).toEqual({ code, reason });
  }
}
